"""Reads a stored file of kits by recognition."""

from pathlib import Path

from recognition.form import Form
from recognition.pool import Pool
from services.files.store import FileStore
from services.kits.issued import PrintFault, PrintFile, Unfit, read_print

HEAD = b"%PDF-"
HEAD_WITHIN = 1024
"""Readers of PDF allow so many bytes of rubbish before it begins."""


class ReadPrintFile:
    """Opens the PDF in a guarded child, draws its pages and takes who each of them is. Never raises for a bad file."""

    def __init__(self, store: FileStore, pool: Pool) -> None:
        self.store = store
        self.pool = pool

    async def __call__(self, file_hash: str, form: Form, event: str) -> PrintFile | Unfit:
        async with self.store.local(file_hash) as path:
            return await read_print_at(path, self.pool, form, event)


async def read_print_at(path: Path, pool: Pool, form: Form, event: str | None) -> PrintFile | Unfit:
    """The kits of a file on the disk. `event` is the code that its symbols must carry; None lets any pass."""
    with path.open("rb") as stream:
        if HEAD not in stream.read(HEAD_WITHIN):
            return Unfit(PrintFault.NOT_PDF)
    return read_print(await pool.check(path, form, event=event), form, event)
