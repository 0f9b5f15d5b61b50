"""Rehearsals that do not run straight, each played to 10 of 10 or to its honest end."""

import pytest

from tests.play.playing import play

LONGEST_S = 400

pytestmark = pytest.mark.timeout(LONGEST_S)

DECIDED = {
    "double-print": ("two_sheets", "keep", {"counted": 20, "aside": 1}),
    "scaled": ("accept_page", "yes", {"counted": 20}),
    "destroyed-qr": ("identify_page", "yes", {"counted": 20}),
    "surplus": ("kit_aside", "yes", {"counted": 20, "aside": 2}),
    "wrong-n": ("participants", "yes", {"counted": 20}),
}
"""The question that the coordinator decides in each story, the answer, and what became of the pages."""


@pytest.mark.parametrize("story", DECIDED)
async def test_a_conflict_is_decided_by_a_person_and_ends_at_ten_of_ten(story: str) -> None:
    played = await play(story)
    assert played.code == 0, played.transcript
    kind, choice, pages = DECIDED[story]
    counts = played.outcome["counts"]
    assert counts["reviews"] == [{"kind": kind, "choice": choice, "reasoned": True}]
    assert counts["credits"] == pages
    assert (counts["kits_complete"], counts["declared"], counts["finished"]) == (10, 10, True)
    assert played.outcome["coordinator_notified"] is True
    tickets = [{"reason": "double_print", "state": "waits_support"}] if story == "double-print" else []
    assert counts["tickets"] == tickets


async def test_a_blocked_coordinator_is_told_by_the_technician() -> None:
    played = await play("blocked-coordinator")
    assert played.code == 0, played.transcript
    assert played.outcome["finished"] is True
    assert played.outcome["coordinator_notified"] is False, "never said before the messenger has confirmed it"
    assert played.outcome["counts"]["told_myself"] is True
