"""Whatever is scanned and decided, in whichever order, the ledger holds its rules."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.db.database import Database, make_engine
from services.events.queries import lock_participation
from services.kits.queries import kits_of
from services.kits.rules import missing_pages
from services.kits.settle_pages import SettlePages
from services.reviews.draft import Draft, Subject
from tests.kits.college import College, open_college, page
from tests.reviews.desk import Desk, conflicts, keep, kit_id, neither

PAGES = 2
KITS = ("1001", "1002", "1003")
RULES = ("all", "answer_sheet", "answer_sheet+1")
LEDGER = {
    "kits": "SELECT number, state, place, completed_at FROM kit ORDER BY number",
    "counting": "SELECT kit_id, number, page_id FROM kit_page ORDER BY kit_id, number",
    "sheets": "SELECT kit_id, number, ordinal, state FROM sheet ORDER BY kit_id, number, ordinal",
    "credits": "SELECT id, credit FROM page ORDER BY id",
    "places": "SELECT number FROM kit_place ORDER BY number",
}

Deed = tuple[str, str, int, str]
"""What happens, to which kit, to which of its pages (or which number), and what comparing shows."""

deeds = st.lists(
    st.tuples(
        st.sampled_from(("scan", "scan", "scan", "keep", "neither", "aside", "declare", "back")),
        st.sampled_from(KITS),
        st.integers(1, PAGES),
        st.sampled_from(("same", "different", "undecided")),
    ),
    min_size=1,
    max_size=14,
)


async def ledger(college: College) -> dict[str, list[dict[str, Any]]]:
    return {name: await college.read(sql) for name, sql in LEDGER.items()}


async def settled_again(college: College) -> None:
    async with college.database.transaction() as session:
        participation = await lock_participation(session, college.participation)
        kits = [kit.id for kit in await kits_of(session, participation.id)]
        await SettlePages(session, college.clock)(participation, kits)


async def holds(college: College, require: str, declared: int) -> None:
    """The rules, read by another session; and that deriving all of it anew changes nothing."""
    now = await ledger(college)
    assert max(Counter((row["kit_id"], row["number"]) for row in now["counting"]).values(), default=0) <= 1
    assert [row["number"] for row in now["places"]] == list(range(1, declared + 1))
    live = await college.read(
        "SELECT kit.number AS kit, sheet.number AS page, count(*) AS n FROM sheet JOIN kit ON kit.id = sheet.kit_id"
        " WHERE sheet.state = 'live' GROUP BY kit.number, sheet.number"
    )
    disputed = {row["kit"] for row in live if row["n"] > 1}
    seen = await college.read(
        "SELECT kit.number AS kit, kit_page.number AS page FROM kit_page JOIN kit ON kit.id = kit_id"
    )
    whole = 0
    for row in now["kits"]:
        pages = [one["page"] for one in seen if one["kit"] == row["number"]]
        is_whole = missing_pages(require, PAGES, pages).nothing
        whole += is_whole and row["number"] not in disputed and row["state"] != "aside"
        assert (row["state"] == "conflict") == (row["number"] in disputed and row["state"] != "aside")
        assert row["state"] != "complete" or is_whole
    assert sum(row["state"] == "complete" for row in now["kits"]) == min(whole, declared)
    credited = await college.read("SELECT id, kit_number FROM page WHERE credit = 'counted'")
    counting = {row["page_id"] for row in now["counting"]}
    states = {row["number"]: row["state"] for row in now["kits"]}
    assert {row["id"] for row in credited} <= counting
    assert {states[row["kit_number"]] for row in credited} <= {"partial", "complete", "conflict"}
    await settled_again(college)
    assert await ledger(college) == now


class Played:
    """A college whose deeds are played one after the other; the coordinator's last decision may be taken back."""

    def __init__(self, college: College, desk: Desk) -> None:
        self.college = college
        self.desk = desk
        self.declared = 2
        self.undo: tuple[int, dict[str, list[dict[str, Any]]]] | None = None

    async def play(self, deed: Deed) -> None:
        what, kit, number, likeness = deed
        self.college.clock.passes(1)
        if what == "back":
            await self.back()
            return
        self.undo = None
        plays: dict[str, Callable[[], Awaitable[None]]] = {
            "scan": lambda: self.scan(kit, number, likeness),
            "keep": lambda: self.decide(kit, lambda review: keep(review, number)),
            "neither": lambda: self.decide(kit, neither),
            "aside": lambda: self.aside(kit),
            "declare": lambda: self.declare(number),
        }
        await plays[what]()

    async def scan(self, kit: str, number: int, likeness: str) -> None:
        await self.college.counts(page(kit, number, pages=PAGES), likeness=likeness)
        states = await self.college.kits()
        if any(state == "conflict" for state, _ in states.values()):
            await raised(self.college)

    async def decide(self, kit: str, draft: Callable[[int], Draft]) -> None:
        sql = "SELECT review.id FROM review JOIN kit ON kit.id = kit_id WHERE number = :n AND choice IS NULL"
        waiting = await self.college.read(sql + " AND kind = 'two_sheets' ORDER BY review.id", n=kit)
        if waiting:
            await self.decided(draft(waiting[0]["id"]))

    async def aside(self, kit: str) -> None:
        states = await self.college.kits()
        if kit in states and states[kit][0] != "aside":
            await self.decided(Draft(Subject.KIT, await kit_id(self.college, kit)))

    async def declare(self, number: int) -> None:
        if number != self.declared:
            await self.decided(Draft(Subject.NUMBER, number))
            self.declared = number

    async def decided(self, draft: Draft) -> None:
        before = await ledger(self.college)
        decided = await self.desk.decides(draft)
        self.undo = (decided.shown.review.id, before)

    async def back(self) -> None:
        """A decision that is taken back before anything else has happened leaves the ledger as it was."""
        if self.undo is None:
            return
        (review, before), self.undo = self.undo, None
        asides = {(row["kit_id"], row["number"]) for row in before["sheets"] if row["state"] == "aside"}
        await self.desk.takes_back(review)
        after = await ledger(self.college)
        self.declared = len(after["places"])
        if not asides:
            assert without_numbers(after) == without_numbers(before)


def without_numbers(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Which of the places a complete kit holds is of no account, and nobody sees it."""
    return found | {"kits": [{key: value for key, value in row.items() if key != "place"} for row in found["kits"]]}


async def raised(college: College) -> None:
    for number in KITS:
        if number in await college.kits() and (await college.kits())[number][0] == "conflict":
            await conflicts(college, number=number)


@settings(max_examples=20, deadline=None)
@given(played=deeds, require=st.sampled_from(RULES))
def test_whatever_happens_the_rules_hold(migrated_file: Path, played: list[Deed], require: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{shutil.copy(migrated_file, Path(folder) / 'aprobot.db')}"
        asyncio.run(all_played(url, played, require))


async def all_played(url: str, played: list[Deed], require: str) -> None:
    engine = make_engine(url)
    try:
        college = await open_college(Database(engine), require, PAGES)
        await college.declares(2)
        player = Played(college, Desk(college, await college.coordinator()))
        for deed in played:
            await player.play(deed)
            await holds(college, require, player.declared)
    finally:
        await engine.dispose()
