"""Pictures of pages for the list: drawn by the guarded child when somebody looks, and kept for a while."""

import asyncio
import io
import time
from pathlib import Path

from PIL import Image

from recognition.form import load_form
from recognition.pool import Pool
from recognition.sheets import Spot
from services.files.store import FileStore
from services.uploads.show_page import Pictured

SMALL_PX = 320
KEPT_FOR_S = 7 * 86_400.0
AT_ONCE = 1
"""Checks need the children more than lookers do."""


class Portraits:
    """A bad page's picture is the one that its check drew; any other page is drawn upright as it is."""

    def __init__(self, pool: Pool, store: FileStore, folder: Path) -> None:
        self.pool = pool
        self.store = store
        self.folder = folder
        self.turn = asyncio.Semaphore(AT_ONCE)
        folder.mkdir(parents=True, exist_ok=True)

    async def __call__(self, page: Pictured, *, small: bool) -> bytes | None:
        """A JPEG, or None where the page cannot be drawn. Raises OSError where the store is out of reach."""
        try:
            whole = await self.store.get(page.picture_hash) if page.picture_hash else await self.portrait(page)
        except FileNotFoundError:  # erased, as people were promised
            return None
        return await asyncio.to_thread(shrunk, whole) if whole and small else whole

    async def portrait(self, page: Pictured) -> bytes | None:
        kept = self.folder / f"{page.file_hash}-{page.index}.jpg"
        async with self.turn:
            if await asyncio.to_thread(kept.exists):
                return await asyncio.to_thread(kept.read_bytes)
            async with self.store.local(page.file_hash) as path:
                (drawn,) = await self.pool.portray([Spot(path, page.index)], load_form(page.form))
            if drawn:
                await asyncio.to_thread(write_whole, kept, drawn)
            return drawn

    def sweep(self) -> None:
        """Forgets pictures that were drawn long ago; they can be drawn again."""
        too_old = time.time() - KEPT_FOR_S
        for path in self.folder.iterdir():
            if path.stat().st_mtime < too_old:
                path.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """A kill leaves no half picture under the name."""
    half = path.with_suffix(".new")
    half.write_bytes(data)
    half.replace(path)


def shrunk(jpeg: bytes) -> bytes:
    """The picture for the list: a JPEG of our own making is safe to open here."""
    with Image.open(io.BytesIO(jpeg)) as opened:
        opened.draft("RGB", (SMALL_PX, SMALL_PX))
        opened.thumbnail((SMALL_PX, SMALL_PX * 2))
        out = io.BytesIO()
        opened.convert("RGB").save(out, "JPEG", quality=80)
        return out.getvalue()
