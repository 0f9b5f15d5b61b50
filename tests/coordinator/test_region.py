"""A coordinator's list: attention first, only the own region, counts that filter."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.accounts.models import Role
from services.conversation.refusal import Forbidden
from services.conversation.screen import Action
from services.reports import screens
from services.reports.college import ShowCollege
from services.reports.home import CoordinatorHome
from services.reports.region import RegionView, ShowRegion
from services.reports.standing import IDLE, CollegeRow, Group, Reason, group_counts, in_order
from services.telegram.press import Press
from services.texts import load_texts
from tests.kits.college import START, College, bad_page, kit, page
from tests.submissions.html import visible

RU = load_texts("ru")
AGO = START - timedelta(hours=1)


def row(number: int = 1, name: str = "Колледж", **rest: object) -> CollegeRow:
    return CollegeRow(number, name, 10, 0, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("college", "group", "reason"),
    [
        (row(), Group.NEW, None),
        (row(started_at=AGO, last_at=AGO), Group.GOING, None),
        (row(last_at=START - IDLE - timedelta(seconds=1)), Group.ATTENTION, Reason.IDLE),
        (row(last_at=AGO, bad_pages=2), Group.ATTENTION, Reason.BAD_PAGES),
        (row(last_at=AGO, bad_pages=2, surplus=1), Group.ATTENTION, Reason.SURPLUS),
        (row(last_at=AGO, surplus=1, other_college=1), Group.ATTENTION, Reason.OTHER_COLLEGE),
        (row(last_at=AGO, surplus=1, finished_at=AGO), Group.FINISHED, None),
    ],
)
def test_where_a_college_stands(college: CollegeRow, group: Group, reason: Reason | None) -> None:
    assert (college.group(START), college.reason(START)) == (group, reason)


ROWS = st.lists(
    st.builds(
        CollegeRow,
        st.integers(1, 2**40),
        st.text(max_size=300),
        st.none() | st.integers(1, 2000),
        st.integers(0, 2000),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 3),
        st.none() | st.just(AGO),
        st.none() | st.just(AGO),
        st.none() | st.just(AGO) | st.just(START - 2 * IDLE),
    ),
    max_size=8,
)


@given(ROWS)
def test_attention_comes_first_and_counts_cover_everybody(rows: list[CollegeRow]) -> None:
    groups = [list(Group).index(college.group(START)) for college in in_order(rows, START)]
    assert groups == sorted(groups)
    assert group_counts(rows, START).total() == len(rows)


@given(ROWS, st.sampled_from([None, *Group]), st.integers(0, 9))
def test_every_list_fits_and_its_buttons_lead_back_to_it(
    rows: list[CollegeRow], group: Group | None, page: int
) -> None:
    view = RegionView(
        2**40,
        "<b>&",
        "Asia/Novosibirsk",
        "Репетиция",
        START,
        group_counts(rows, START),
        tuple(rows),
        {},
        group,
        page,
        10,
    )
    screen = screens.region(RU, view)
    assert len(visible(screen.text)) <= 4000
    for action in (one for line in screen.rows for one in line):
        assert isinstance(action, Action)
        press = Press.unpack(Press(action.name, action.participation, action.argument).pack())
        if press is not None and press.name == "region":
            assert screens.parse_place(press.argument)[0] == 2**40


@given(st.text(max_size=40))
def test_a_forged_place_leads_nowhere(argument: str) -> None:
    region_id, group, page = screens.parse_place(argument)
    assert min(region_id, page) >= 0
    assert group is None or group in Group


async def test_the_list_shows_each_college_with_its_reason(college: College) -> None:
    ira = await college.person(await college.coordinator())
    await college.declares(2)
    await college.counts(*kit("1047"), page("1048", 1), bad_page(0))
    await college.neighbour(2)
    async with college.database.transaction() as session:
        screen = await CoordinatorHome(session, college.clock)(ira, RU)
    assert screen is not None
    text = visible(screen.text).replace("\u00a0", " ")
    assert text.startswith("Учебная область · 27 августа, 14:00 (МСК+4)\nРепетиция")
    assert "Колледжей: 2. Завершили 0, идут 0, не начали 1, внимание 1." in text
    assert text.index("⚠ Колледж связи № 7: 1 из 2 комплектов") < text.index("— Аграрный колледж № 2: ещё не начали")
    assert "1 страница не принята" in text
    labels = [action.text for line in screen.rows for action in line]
    assert labels[:3] == ["Все 2", "Внимание 1", "Не начали 1"]
    assert "Обновить" in labels


async def test_a_filter_shows_only_its_group_and_pages_stay_inside(college: College) -> None:
    ira = await college.person(await college.coordinator())
    for number in range(20, 30):
        await college.neighbour(number)
    async with college.database.transaction() as session:
        show = ShowRegion(session, college.clock)
        view = await show(ira, college.region, Group.NEW, 99)
        assert (view.page, view.pages, len(view.rows)) == (1, 2, 3)
        assert (await show(ira, college.region, Group.FINISHED)).rows == ()
        assert "2 / 2" in [action.text for line in screens.region(RU, view).rows for action in line]


async def test_a_college_page_tells_its_steps_kits_problems_and_last_deed(college: College) -> None:
    ira = await college.person(await college.coordinator())
    await college.declares(2)
    await college.counts(*kit("1047"), page("1048", 1), bad_page(0))
    async with college.database.transaction() as session:
        screen = screens.college(RU, await ShowCollege(session, college.clock)(ira, college.participation))
    text = visible(screen.text).replace("\u00a0", " ")
    assert text.startswith("Колледж связи № 7\nРепетиция. Вариант 2.\nПройдено шагов: 1 из 12.\nСейчас шаг 1: ")
    assert "Засчитано комплектов: 1 из 2" in text
    assert "1048 — стр. 2–4" in text
    assert "На странице нет QR-кода — 1 страница" in text
    assert "Последнее действие: 27 августа, 14:00 (МСК+4)." in text


async def test_the_list_is_no_home_for_who_works_for_a_college_or_has_nothing_to_watch(college: College) -> None:
    technician, ira = await college.person(), await college.person(await college.coordinator())
    async with college.database.transaction() as session:
        home = CoordinatorHome(session, college.clock)
        assert await home(technician, RU) is None
        session.add(college.role(Role.TECHNICIAN, ira.id))
        await session.flush()
        assert await home(ira, RU) is None


async def test_nobody_sees_a_region_or_a_college_that_is_not_theirs(college: College) -> None:
    technician = await college.person()
    other = await college.neighbour()
    stranger = await college.person(other.technician)
    async with college.database.transaction() as session:
        with pytest.raises(Forbidden):
            await ShowRegion(session, college.clock)(technician, college.region)
        with pytest.raises(Forbidden):
            await ShowCollege(session, college.clock)(technician, college.participation)
        with pytest.raises(Forbidden):
            await ShowCollege(session, college.clock)(stranger, college.participation)
        with pytest.raises(Forbidden):
            await ShowCollege(session, college.clock)(None, college.participation)
