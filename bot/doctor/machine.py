"""This machine: recognition in a child process, the library for crossed symbols."""

import asyncio
import tempfile
from pathlib import Path

import structlog

from bot.doctor.finding import Finding, fail, ok, warn
from recognition.form import practice_form
from recognition.pool import Pool
from recognition.report import FileReport
from recognition.symbols.last_look import is_there
from services.practice.make_kits import MakeKits
from services.practice.order import KitOrder
from services.texts import load_texts

log = structlog.get_logger(__name__)

PAGES = 2
LIMIT_S = 60.0


async def examine_recognition() -> Finding:
    """Prints a practice kit and lets a guarded child read it, as the running bot does with every scan."""
    try:
        async with asyncio.timeout(LIMIT_S):
            report, missing = await read_a_kit()
    except Exception as error:  # whatever keeps a child from working, the person needs the same line
        log.debug("doctor.recognition", exc_info=True)
        return fail("recognition", "no_child", why=type(error).__name__)
    read = sum(page.kit is not None for page in report.pages)
    if read != PAGES:
        return fail("recognition", "no_child", why=str(report.error or "unread"))
    return warn("recognition", missing[0]) if missing else ok("recognition")


async def read_a_kit() -> tuple[FileReport, tuple[str, ...]]:
    """The report, and the guards that the kernel does not give."""
    pdf = await asyncio.to_thread(MakeKits(load_texts("ru")), KitOrder(kits=1, pages=PAGES, event="DOCTOR"))
    pool = Pool(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kit.pdf"
        await asyncio.to_thread(path.write_bytes, pdf)
        await pool.start()
        try:
            return await pool.check(path, practice_form(PAGES), event="DOCTOR"), pool.missing
        finally:
            await pool.close()


def examine_symbols() -> Finding:
    return ok("symbols") if is_there() else warn("symbols", "absent")
