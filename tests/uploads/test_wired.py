"""From the page to a verdict: the page and the chat both tell, on either database."""

import asyncio
import time

from tests.uploads.browsing import Visitor
from tests.wired.world import World, scans

IN_TIME_S = 60.0


async def settled(visitor: Visitor, files: int, within_s: float = IN_TIME_S) -> str:
    """The page when so many files have come to an end."""
    wanted = f"Файлы: {files} из "
    deadline = time.monotonic() + within_s
    while wanted not in (body := await visitor.page()):
        assert time.monotonic() < deadline, body[-3000:]
        await asyncio.sleep(0.2)
    return body


async def test_a_file_goes_through_the_page_to_a_verdict(world: World, visitor: Visitor) -> None:
    (name, sheet), _ = scans(1)
    assert "Файлов пока нет" in await visitor.page()
    await visitor.uploads(f"../../<b>{name}", sheet)
    body = await settled(visitor, 1)
    assert "принято" in body
    told = await visitor.person.waits_for("Колледж", timeout=IN_TIME_S)
    assert told
    (row,) = await world.read("SELECT source, state, name, size FROM submission")
    assert (row["source"], row["state"], row["size"]) == ("web", "checked", len(sheet))
    assert row["name"] == f"<b>{name}"
    assert list((world.folder / "spool").glob("*.part")) == []
