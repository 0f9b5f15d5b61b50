"""Files as the messenger keeps them: on disk under their own key, handed out under opaque ids."""

import base64
import hashlib
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PREFIX = {"document": "BQACAgIAAxkBAA", "photo": "AgACAgIAAxkBAA"}


@dataclass(frozen=True)
class StoredFile:
    key: str
    kind: str
    name: str
    mime: str
    size: int
    path: Path
    width: int | None = None
    height: int | None = None

    @property
    def unique_id(self) -> str:
        return _opaque("unique", self.key, length=12)

    def view(self) -> dict[str, Any]:
        seen: dict[str, Any] = {"file_id": self.key, "name": self.name, "size": self.size, "mime": self.mime}
        if self.width:
            seen |= {"width": self.width, "height": self.height}
        return seen | {"url": f"/files/{self.key}"}


class Files:
    """Everything uploaded since the start; the folder goes away with the sandbox."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="aprobot-sandbox-"))
        self._by_key: dict[str, StoredFile] = {}
        self._by_id: dict[tuple[int, str], StoredFile] = {}

    def fresh_path(self) -> Path:
        return self._folder / secrets.token_hex(12)

    def add(
        self, path: Path, kind: str, name: str, mime: str, *, width: int | None = None, height: int | None = None
    ) -> StoredFile:
        """Takes over a file written at ``fresh_path``."""
        stored = StoredFile(path.name, kind, name, mime, path.stat().st_size, path, width, height)
        self._by_key[stored.key] = stored
        return stored

    def by_key(self, key: str) -> StoredFile | None:
        return self._by_key.get(key)

    def id_for(self, bot_id: int, file: StoredFile) -> str:
        """The id under which one bot knows the file; another bot cannot use it."""
        file_id = PREFIX[file.kind] + _opaque(str(bot_id), file.key, length=58)
        self._by_id[bot_id, file_id] = file
        return file_id

    def by_id(self, bot_id: int, file_id: str) -> StoredFile | None:
        return self._by_id.get((bot_id, file_id))

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _opaque(*parts: str, length: int) -> str:
    digest = hashlib.blake2b("/".join(parts).encode(), digest_size=48).digest()
    return base64.urlsafe_b64encode(digest).decode()[:length]
