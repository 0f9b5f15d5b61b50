"""People, the messenger accounts they speak from, what they may do, and how they were let in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class Role(StrEnum):
    """What a person does in the product."""

    TECHNICIAN = "technician"
    CENTRE_OPERATOR = "centre_operator"
    COORDINATOR = "coordinator"
    SUPPORT = "support"
    ADMINISTRATOR = "administrator"


ROLES = ", ".join(f"'{role}'" for role in Role)


class Person(Base):
    """Somebody who uses the product. `name` is what their messenger calls them: other people's words, never trusted."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8), default="ru")
    created_at: Mapped[datetime]


class Account(Base):
    """One way to reach a person: a chat with one of our bots in one messenger."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("messenger", "bot_id", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    messenger: Mapped[str] = mapped_column(String(16), default="telegram")
    bot_id: Mapped[int]
    external_id: Mapped[int]
    chat_id: Mapped[int]
    unreachable_since: Mapped[datetime | None]
    unreachable_why: Mapped[str | None] = mapped_column(String(64))


class Membership(Base):
    """A role with its scope: everywhere, a region, or an organisation; for one event or for always."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(f"role IN ({ROLES})", name="role"),
        CheckConstraint("role <> 'technician' OR organisation_id IS NOT NULL", name="technician_scope"),
        CheckConstraint("role <> 'coordinator' OR region_id IS NOT NULL", name="coordinator_scope"),
        UniqueConstraint("person_id", "role", "region_id", "organisation_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(32))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Invite(Base):
    """A link that gives one person one role, once. Only the hash of its token is kept."""

    __tablename__ = "invite"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(f"role IN ({ROLES})", name="role"),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(32))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Consent(Base):
    """That a person agreed to what is kept of them, in the version of the text that they were shown."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("person_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime]
