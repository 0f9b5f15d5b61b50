"""Files we keep, by their content, and what messengers call them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class File(Base):
    """Bytes that are safely stored: the row is written only after the bytes are on the disk. The key is SHA-256."""

    __tablename__ = "file"
    __table_args__ = (CheckConstraint("size >= 0", name="size"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime]


class RemoteFile(Base):
    """What one bot's messenger calls a file that it has already sent: sending it again costs no upload."""

    __tablename__ = "remote_file"
    __table_args__ = (UniqueConstraint("bot_id", "file_hash", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bot_id: Mapped[int]
    file_hash: Mapped[str] = mapped_column(ForeignKey("file.hash"))
    kind: Mapped[str] = mapped_column(String(16))
    remote_id: Mapped[str] = mapped_column(String(256))
