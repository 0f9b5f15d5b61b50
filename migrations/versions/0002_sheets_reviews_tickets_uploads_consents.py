"""Sheets, reviews, tickets, uploads, consents"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def replace_kit_states(states: str) -> None:
    with op.batch_alter_table("kit") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_kit_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_kit_state"), f"state IN ({states})")


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("person_id", "version", name=op.f("uq_consent_person_id_version")),
    )
    op.create_table(
        "issued_kit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("participation_id", NUMBER, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("pages", NUMBER, nullable=False),
        sa.Column("print_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pages >= 1", name=op.f("ck_issued_kit_pages")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_issued_kit_event_id_event")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_issued_kit_participation_id_participation")
        ),
        sa.ForeignKeyConstraint(["print_hash"], ["file.hash"], name=op.f("fk_issued_kit_print_hash_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_kit")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_issued_kit_event_id_number")),
    )
    with op.batch_alter_table("issued_kit") as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_kit_participation_id"), ["participation_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("participation_id", NUMBER, nullable=True),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_ticket_closed")),
        sa.CheckConstraint("state IN ('waits_support', 'waits_person', 'closed')", name=op.f("ck_ticket_state")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_ticket_participation_id_participation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("cause", name=op.f("uq_ticket_cause")),
    )
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.create_index(
            "ix_ticket_open",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("state <> 'closed'"),
            postgresql_where=sa.text("state <> 'closed'"),
        )
        batch_op.create_index(batch_op.f("ix_ticket_participation_id"), ["participation_id"], unique=False)

    op.create_table(
        "ticket_message",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ticket_id", NUMBER, nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachment", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(side = 'product') = (person_id IS NULL)", name=op.f("ck_ticket_message_speaker")),
        sa.CheckConstraint("side IN ('person', 'support', 'product')", name=op.f("ck_ticket_message_side")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_message_person_id_person")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_message_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_message")),
        sa.UniqueConstraint("origin", name=op.f("uq_ticket_message_origin")),
    )
    with op.batch_alter_table("ticket_message") as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_message_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "sheet",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kit_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("ordinal", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('live', 'aside')", name=op.f("ck_sheet_state")),
        sa.CheckConstraint("number >= 1 AND ordinal >= 1", name=op.f("ck_sheet_number")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name=op.f("fk_sheet_kit_id_kit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("kit_id", "number", "ordinal", name=op.f("uq_sheet_kit_id_number_ordinal")),
    )
    op.create_table(
        "ticket_delivery",
        sa.Column("message_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("outbox_id", NUMBER, nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=64), nullable=True),
        sa.CheckConstraint("delivered_at IS NULL OR failure IS NULL", name=op.f("ck_ticket_delivery_outcome")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["ticket_message.id"], name=op.f("fk_ticket_delivery_message_id_ticket_message")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_ticket_delivery_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_delivery_person_id_person")),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f("pk_ticket_delivery")),
    )
    with op.batch_alter_table("ticket_delivery") as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_delivery_outbox_id"), ["outbox_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("participation_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("bot_id", NUMBER, nullable=False),
        sa.Column("chat_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=128), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("received", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("submission_id", NUMBER, nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'done') = (submission_id IS NOT NULL)", name=op.f("ck_upload_done")),
        sa.CheckConstraint("state IN ('open', 'done', 'cancelled')", name=op.f("ck_upload_state")),
        sa.CheckConstraint("received BETWEEN 0 AND size", name=op.f("ck_upload_received")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_upload_participation_id_participation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id_person")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_upload_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("key", name=op.f("uq_upload_key")),
    )
    with op.batch_alter_table("upload") as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_participation_id"), ["participation_id"], unique=False)
        batch_op.create_index(
            "uq_upload_open",
            ["participation_id", "person_id", "fingerprint"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "comparison",
        sa.Column("first_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("second_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("likeness", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("first_picture", sa.String(length=64), nullable=True),
        sa.Column("second_picture", sa.String(length=64), nullable=True),
        sa.CheckConstraint("likeness IN ('same', 'different', 'undecided')", name=op.f("ck_comparison_likeness")),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_comparison_order")),
        sa.ForeignKeyConstraint(["first_id"], ["page.id"], name=op.f("fk_comparison_first_id_page")),
        sa.ForeignKeyConstraint(["first_picture"], ["file.hash"], name=op.f("fk_comparison_first_picture_file")),
        sa.ForeignKeyConstraint(["second_id"], ["page.id"], name=op.f("fk_comparison_second_id_page")),
        sa.ForeignKeyConstraint(["second_picture"], ["file.hash"], name=op.f("fk_comparison_second_picture_file")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_comparison")),
    )
    with op.batch_alter_table("comparison") as batch_op:
        batch_op.create_index(batch_op.f("ix_comparison_second_id"), ["second_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("participation_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("kit_id", NUMBER, nullable=True),
        sa.Column("page_number", NUMBER, nullable=True),
        sa.Column("page_id", NUMBER, nullable=True),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("asked_by", NUMBER, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=True),
        sa.Column("keep", NUMBER, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'two_sheets') = (kit_id IS NOT NULL AND page_number IS NOT NULL)",
            name=op.f("ck_review_two_sheets_subject"),
        ),
        sa.CheckConstraint(
            "(kind IN ('accept_page', 'identify_page')) = (page_id IS NOT NULL)", name=op.f("ck_review_page_subject")
        ),
        sa.CheckConstraint("choice IS NULL OR (choice = 'keep') = (keep IS NOT NULL)", name=op.f("ck_review_keep")),
        sa.CheckConstraint(
            "choice IS NULL OR choice IN ('keep', 'neither', 'yes', 'no')", name=op.f("ck_review_choice")
        ),
        sa.CheckConstraint("kind <> 'kit_aside' OR kit_id IS NOT NULL", name=op.f("ck_review_kit_subject")),
        sa.CheckConstraint(
            "kind IN ('two_sheets', 'accept_page', 'identify_page', 'kit_aside', 'participants', 'reopen')",
            name=op.f("ck_review_kind"),
        ),
        sa.CheckConstraint(
            "(choice IS NULL) = (decided_at IS NULL) AND (choice IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_review_decided"),
        ),
        sa.CheckConstraint("choice IS NULL OR length(reason) > 0", name=op.f("ck_review_reason")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_review_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_review_decided_by_person")),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name=op.f("fk_review_kit_id_kit")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_review_page_id_page")),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_review_participation_id_participation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review") as batch_op:
        batch_op.create_index(batch_op.f("ix_review_participation_id"), ["participation_id"], unique=False)
        batch_op.create_index(
            "uq_review_kit",
            ["kit_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'kit_aside'"),
            postgresql_where=sa.text("kind = 'kit_aside'"),
        )
        batch_op.create_index(
            "uq_review_page",
            ["page_id", "kind"],
            unique=True,
            sqlite_where=sa.text("page_id IS NOT NULL"),
            postgresql_where=sa.text("page_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_review_sheets",
            ["kit_id", "page_number"],
            unique=True,
            sqlite_where=sa.text("kind = 'two_sheets'"),
            postgresql_where=sa.text("kind = 'two_sheets'"),
        )

    with op.batch_alter_table("material") as batch_op:
        batch_op.add_column(sa.Column("reading", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))

    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("passing", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(
            "ix_outbox_message",
            ["bot_id", "chat_id", "message_id"],
            unique=False,
            sqlite_where=sa.text("message_id IS NOT NULL"),
            postgresql_where=sa.text("message_id IS NOT NULL"),
        )

    with op.batch_alter_table("submission") as batch_op:
        batch_op.add_column(sa.Column("is_test", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("pages_checked", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("pages_total", NUMBER, nullable=True))

    with op.batch_alter_table("page") as batch_op:
        batch_op.add_column(sa.Column("sheet_id", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("accepted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("identified", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(
            batch_op.f("ck_page_identified"),
            "NOT identified OR (kit_number IS NOT NULL AND page_number IS NOT NULL)",
        )
        batch_op.create_index(batch_op.f("ix_page_sheet_id"), ["sheet_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_page_sheet_id_sheet"), "sheet", ["sheet_id"], ["id"])

    replace_kit_states("'partial', 'complete', 'surplus', 'conflict', 'aside'")
    give_sheets_to_known_pages()


def give_sheets_to_known_pages() -> None:
    """Scans from before show one sheet a page of a kit, as they were counted: without a sheet nothing would count."""
    op.execute(
        "INSERT INTO sheet (kit_id, number, ordinal, state, seen_at)"
        " SELECT kit.id, page.page_number, 1, 'live', MIN(submission.announced_at) FROM page"
        " JOIN submission ON submission.id = page.submission_id"
        " JOIN kit ON kit.number = page.kit_number AND kit.participation_id = submission.participation_id"
        " WHERE page.page_number IS NOT NULL GROUP BY kit.id, page.page_number"
    )
    op.execute(
        "UPDATE page SET sheet_id = (SELECT sheet.id FROM sheet JOIN kit ON kit.id = sheet.kit_id"
        " JOIN submission ON submission.participation_id = kit.participation_id"
        " WHERE submission.id = page.submission_id AND kit.number = page.kit_number"
        " AND sheet.number = page.page_number) WHERE page_number IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("UPDATE kit SET state = 'partial' WHERE state IN ('conflict', 'aside')")
    replace_kit_states("'partial', 'complete', 'surplus'")

    with op.batch_alter_table("page") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_page_sheet_id_sheet"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_page_sheet_id"))
        batch_op.drop_constraint(batch_op.f("ck_page_identified"), type_="check")
        batch_op.drop_column("identified")
        batch_op.drop_column("accepted")
        batch_op.drop_column("sheet_id")

    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_column("pages_total")
        batch_op.drop_column("pages_checked")
        batch_op.drop_column("is_test")

    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_index(
            "ix_outbox_message",
            sqlite_where=sa.text("message_id IS NOT NULL"),
            postgresql_where=sa.text("message_id IS NOT NULL"),
        )
        batch_op.drop_column("passing")

    with op.batch_alter_table("material") as batch_op:
        batch_op.drop_column("reading")

    with op.batch_alter_table("review") as batch_op:
        batch_op.drop_index(
            "uq_review_sheets",
            sqlite_where=sa.text("kind = 'two_sheets'"),
            postgresql_where=sa.text("kind = 'two_sheets'"),
        )
        batch_op.drop_index(
            "uq_review_page",
            sqlite_where=sa.text("page_id IS NOT NULL"),
            postgresql_where=sa.text("page_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_review_kit", sqlite_where=sa.text("kind = 'kit_aside'"), postgresql_where=sa.text("kind = 'kit_aside'")
        )
        batch_op.drop_index(batch_op.f("ix_review_participation_id"))

    op.drop_table("review")
    with op.batch_alter_table("comparison") as batch_op:
        batch_op.drop_index(batch_op.f("ix_comparison_second_id"))

    op.drop_table("comparison")
    with op.batch_alter_table("upload") as batch_op:
        batch_op.drop_index(
            "uq_upload_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_upload_participation_id"))

    op.drop_table("upload")
    with op.batch_alter_table("ticket_delivery") as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_delivery_outbox_id"))

    op.drop_table("ticket_delivery")
    op.drop_table("sheet")
    with op.batch_alter_table("ticket_message") as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_message_ticket_id"))

    op.drop_table("ticket_message")
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_participation_id"))
        batch_op.drop_index(
            "ix_ticket_open", sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'")
        )

    op.drop_table("ticket")
    with op.batch_alter_table("issued_kit") as batch_op:
        batch_op.drop_index(batch_op.f("ix_issued_kit_participation_id"))

    op.drop_table("issued_kit")
    op.drop_table("consent")
