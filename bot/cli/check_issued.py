"""The kits that a college was given, from the files named by `--issued`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.fault import WRONG_USAGE, Fault
from services.texts import load_texts

if TYPE_CHECKING:
    from recognition.form import Form
    from recognition.pool import Pool
    from services.kits.issued import Unfit


def readable(paths: Sequence[Path]) -> list[Path]:
    """The files by their full names; one that is not there or may not be read is told before any work."""
    for path in paths:
        if not path.is_file():
            raise Fault("check.refused.no_path", WRONG_USAGE, path=path)
        path.open("rb").close()
    return [path.resolve() for path in paths]


async def issued_kits(pool: "Pool", paths: Sequence[Path], form: "Form", event: str | None) -> set[str]:
    """All kits of these files. Raises Fault for a file of which nothing can be taken."""
    from services.kits.issued import Unfit
    from services.kits.read_print_file import read_print_at

    kits: set[str] = set()
    for path in paths:
        found = await read_print_at(path, pool, form, event)
        if isinstance(found, Unfit):
            raise refused(path, found)
        kits |= set(found.kits)
    return kits


def refused(path: Path, unfit: "Unfit") -> Fault:
    """Why the file does not serve, in one sentence."""
    from services.kits.issued_screens import fault, fault_title
    from services.telegram.plain import plain

    texts = load_texts("ru")
    return Fault(
        "check.refused.issued",
        WRONG_USAGE,
        path=path,
        title=plain(fault_title(texts, unfit)),
        text=plain(fault(texts, unfit)),
    )
