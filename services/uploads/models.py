"""Uploads over the web: files that come in pieces."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base, only_where


class UploadState(StrEnum):
    """`done` has become a submission; `cancelled` was given up by its person or by time."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Upload(Base):
    """One file on its way. `received` bytes are on the disk; `key` names it in its address and cannot be guessed.

    `fingerprint` is what the browser makes of name, size and change time: the same file chosen again goes on where it
    stopped. `bot_id` and `chat_id` are the chat that hears the result.
    """

    __tablename__ = "upload"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("state IN ('open', 'done', 'cancelled')", name="state"),
        CheckConstraint("received BETWEEN 0 AND size", name="received"),
        CheckConstraint("(state = 'done') = (submission_id IS NOT NULL)", name="done"),
        Index(
            "uq_upload_open",
            "participation_id",
            "person_id",
            "fingerprint",
            unique=True,
            **only_where("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bot_id: Mapped[int]
    chat_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(128))
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16), default=UploadState.OPEN)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    began_at: Mapped[datetime]
    touched_at: Mapped[datetime]

    def end(self, state: UploadState, submission_id: int | None = None) -> None:
        """Ends the upload. What the file was called is from now on the submission's to keep, or nobody's."""
        self.state, self.submission_id = state, submission_id
        self.name = self.fingerprint = ""
