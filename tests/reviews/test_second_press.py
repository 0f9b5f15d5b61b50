"""A second press of one's own decision answers as the first did; another answer is told of the decision."""

from tests.kits.college import College, kit, page
from tests.reviews.desk import Desk, conflicts, keep


async def test_a_second_press_is_no_change_and_another_answer_is(college: College) -> None:
    await college.declares(1)
    desk = Desk(college, await college.coordinator())
    await college.counts(*kit("1047"))
    await college.counts(page("1047", 1), likeness="different")
    review = await conflicts(college)
    first = await desk.decides(keep(review, 1))
    again = await desk.decides(keep(review, 1))
    other = await desk.decides(keep(review, 2))
    assert (first.just_now, again.just_now, other.just_now) == (True, True, False)
    assert other.shown.review.keep == 1
    assert len(await college.read("SELECT id FROM audit WHERE action = 'review.two_sheets.decided'")) == 1
