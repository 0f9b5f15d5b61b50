"""Marking, undoing, answering, declaring: what a second session reads, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from services.accounts.models import Membership
from services.checklists.set_participants import Fixed, NotSet
from services.conversation.refusal import Forbidden
from services.events.models import Material
from tests.checklists.desk import Desk
from tests.checklists.walks import ALL_YES
from tests.kits.college import HASH, College


@pytest.fixture
def desk(college: College) -> Desk:
    return Desk(college)


async def test_a_mark_opens_the_next_step(desk: Desk):
    opened = await desk.marks("sign_in")
    assert opened.step is not None
    assert opened.step.id == "download"
    assert (await desk.walk()).marked == {"sign_in"}
    [row] = await desk.rows("checklist_step")
    assert (row["state"], row["done_by"]) == ("done", desk.college.technician)


async def test_a_second_press_shows_the_same_and_changes_nothing(desk: Desk):
    first, second = await desk.marks("sign_in"), await desk.marks("sign_in")
    assert (first.step, first.walk.marked) == (second.step, second.walk.marked)
    assert len(await desk.rows("audit")) == 1


async def test_two_presses_at_once_mark_once(desk: Desk):
    await asyncio.gather(*(desk.marks("sign_in") for _ in range(4)))
    assert len(await desk.rows("checklist_step")) == 1
    assert len(await desk.rows("audit")) == 1


@pytest.mark.parametrize("step", ["read", "participants", "scan", "finish", "notice", "nothing", ""])
async def test_an_old_button_of_a_step_that_is_not_open_marks_nothing(desk: Desk, step: str):
    opened = await desk.marks(step)
    assert opened.walk.marked == frozenset()
    assert opened.step is None or opened.step.id == step


async def test_marks_can_be_taken_back_and_later_ones_stay(desk: Desk):
    for step in ("sign_in", "download", "read"):
        await desk.marks(step)
    await desk.undoes("download")
    await desk.undoes("download")
    walk = await desk.walk()
    assert walk.marked == {"sign_in", "read"}
    assert walk.current is not None
    assert walk.current.id == "download"


async def up_to(desk: Desk, step: str) -> None:
    """Marks all steps before this one."""
    for before in ("sign_in", "download", "read", "workstation", "print", "fill", "sign_in_scanning"):
        if before == step:
            return
        for item in ALL_YES.get(before, {}).get("answers", {}):
            await desk.answers(item, "yes")
        await desk.marks(before)


async def test_a_self_check_goes_item_by_item(desk: Desk):
    await up_to(desk, "workstation")
    asked = await desk.answers("windows", "yes")
    assert asked is not None
    assert asked.item is not None
    assert asked.item.id == "cpu"
    assert (await desk.marks("workstation")).walk.marked == {"sign_in", "download", "read"}
    for item in ("cpu", "ram", "display", "internet", "scanner", "browser", "rights"):
        await desk.answers(item, "yes")
    last = await desk.answers("skills", "yes")
    assert last is not None
    assert last.item is None
    assert "workstation" in (await desk.marks("workstation")).walk.marked


async def test_a_lacking_minimum_passes_only_knowingly(desk: Desk):
    await up_to(desk, "workstation")
    for item in ALL_YES["workstation"]["answers"]:
        await desk.answers(item, "no" if item == "ram" else "yes")
    assert "workstation" not in (await desk.marks("workstation")).walk.marked
    assert "workstation" in (await desk.marks("workstation", knowingly=True)).walk.marked
    walk = await desk.walk()
    assert walk.evidence["workstation"]["knowingly"] is True
    assert walk.evidence["workstation"]["answers"]["ram"] == "no"


async def test_unanswered_items_do_not_pass_even_knowingly(desk: Desk):
    await up_to(desk, "workstation")
    await desk.answers("ram", "no")
    assert "workstation" not in (await desk.marks("workstation", knowingly=True)).walk.marked


@pytest.mark.parametrize(("item", "answer"), [("nothing", "yes"), ("", ""), ("windows", "maybe"), ("paper", "yes")])
async def test_forged_answers_write_nothing(desk: Desk, item: str, answer: str):
    await up_to(desk, "workstation")
    await desk.answers(item, answer)
    walk = await desk.walk()
    assert "workstation" not in walk.evidence
    assert "print" not in walk.evidence


async def test_answers_of_a_marked_step_stay(desk: Desk):
    await up_to(desk, "print")
    await desk.answers("windows", "no")
    assert (await desk.walk()).evidence["workstation"]["answers"]["windows"] == "yes"


async def test_the_number_makes_as_many_places(desk: Desk):
    await desk.declares(" 10 ")
    assert (await desk.walk()).counts.declared == 10
    assert [row["number"] for row in await desk.rows("kit_place ORDER BY number")] == list(range(1, 11))
    await desk.declares("3")
    assert len(await desk.rows("kit_place")) == 3
    await desk.declares("3")
    assert len(await desk.rows("audit")) == 2


@pytest.mark.parametrize("text", ["десять", "-1", "0", "10 000", "1.5", "🔟", "9" * 999, ""])
async def test_what_is_no_number_changes_nothing_and_is_asked_again(desk: Desk, text: str):
    await desk.opens("participants")
    assert isinstance(await desk.declares(text), NotSet)
    assert (await desk.walk()).counts.declared is None
    assert [row["what"] for row in await desk.rows("awaited")] == ["participants"]
    await desk.declares("10")
    assert await desk.rows("awaited") == []


async def test_the_number_is_fixed_once_a_page_counts(desk: Desk):
    await desk.declares("2")
    await desk.scans("1000001")
    refused = await desk.declares("3")
    assert isinstance(refused, NotSet)
    assert refused.why == Fixed.PAGES_COUNTED
    assert not isinstance(await desk.declares("2"), NotSet)
    assert (await desk.walk()).counts.declared == 2


async def test_a_first_number_may_come_after_scans(desk: Desk):
    """Nothing accepted is lost: pages that came before N take their places when N is said."""
    await desk.scans("1000001", "1000002")
    await desk.declares("2")
    assert (await desk.walk()).counts.complete == 2


async def test_files_are_sent_once_a_press_and_noted(desk: Desk):
    async with desk.college.database.transaction() as session:
        for key, mine in (("manual", None), ("kits", desk.college.organisation)):
            session.add(
                Material(
                    event_id=desk.college.event, organisation_id=mine, key=key, title=key,
                    position=1, file_name=f"{key}.pdf", file_hash=HASH,
                )
            )  # fmt: skip
    other = Desk(await desk.college.neighbour())
    await desk.marks("sign_in")
    assert [file.key for file in (await desk.gets_files("0")).files] == ["manual", "kits"]
    assert (await desk.gets_files("0")).files == ()
    assert len((await desk.gets_files("1")).files) == 2
    assert (await desk.walk()).evidence["download"]["sent"] == ["manual", "kits"]
    assert [file.key for file in (await other.gets_files("0")).files] == ["manual"]


async def test_after_the_window_nothing_changes_and_everything_is_kept(desk: Desk):
    await desk.marks("sign_in")
    desk.college.clock.passes(timedelta(days=3).total_seconds())
    await desk.marks("download")
    await desk.undoes("sign_in")
    assert isinstance(await desk.declares("10"), NotSet)
    walk = await desk.walk()
    assert walk.marked == {"sign_in"}
    assert walk.counts.declared is None


async def test_other_peoples_colleges_are_closed(desk: Desk):
    stranger = Desk(desk.college, who=await desk.college.coordinator())
    neighbour = await desk.college.neighbour()
    for other in (stranger, Desk(desk.college, who=neighbour.technician)):
        for deed in (
            other.marks("sign_in"),
            other.undoes("sign_in"),
            other.declares("5"),
            other.finishes(),
            other.opens(),
        ):
            with pytest.raises(Forbidden):
                await deed
    assert (await desk.walk()).marked == frozenset()


async def test_unknown_participations_are_forbidden_like_others(desk: Desk):
    desk.college.participation = 2**62
    with pytest.raises(Forbidden):
        await desk.opens()


async def test_a_revoked_technician_is_out_at_once(desk: Desk):
    async with desk.college.database.transaction() as session:
        roles = await session.get_one(Membership, 1)
        roles.revoked_at = desk.college.clock.now()
    with pytest.raises(Forbidden):
        await desk.marks("sign_in")
