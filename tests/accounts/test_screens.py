"""Coming in and choosing: every screen, in both languages."""

import pytest

from services.accounts import screens
from services.accounts.go_home import Home, OwnCollege, WatchedRegion
from services.accounts.models import Role
from services.accounts.redeem_invite import NotLetIn
from services.conversation.screen import Screen
from tests.checklists.looks import main_action, names, prove, strict
from tests.checklists.walks import HOSTILE_NAME, LONG_NAME, STATES, walk

RU = strict("ru")
each_language = pytest.mark.parametrize("language", ["ru", "en"])


def colleges(number: int) -> tuple[OwnCollege, ...]:
    kinds = (LONG_NAME, HOSTILE_NAME, "Колледж № 7")
    return tuple(OwnCollege(n, kinds[n % 3], f"Апробация <{n}>", finished=n % 2 == 0) for n in range(1, number + 1))


def regions(number: int) -> tuple[WatchedRegion, ...]:
    return tuple(WatchedRegion(n, f"Область <b>& {n}") for n in range(1, number + 1))


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.rows for button in row]


@each_language
@pytest.mark.parametrize("number", [2, 5, 21])
def test_a_choice_of_colleges_is_paged_and_can_be_sent(language: str, number: int):
    texts = strict(language)
    seen = []
    for page in range(-1, 6):
        shown = screens.choice(Home(colleges(number)), texts, page)
        prove(shown, letters=45, rows=8)
        seen += [button.participation for row in shown.rows for button in row if button.name == "home"]
    assert set(seen) == set(range(1, number + 1))
    assert ("choose" in names(screens.choice(Home(colleges(number)), texts))) == (number > screens.A_PAGE)


@each_language
@pytest.mark.parametrize("number", [1, 2, 5, 21, 85])
def test_those_who_watch_reach_each_of_their_regions(language: str, number: int):
    texts, found = strict(language), Home(regions=regions(number))
    first = screens.home(found, texts)
    prove(first, letters=45, rows=8)
    shown = [first, *(screens.choice(found, texts, page) for page in range(20))]
    seen = {button.argument for screen in shown for row in screen.rows for button in row if button.name == "region"}
    assert seen == {str(region.id) for region in found.regions}
    assert (main_action(first) is not None) == (number == 1)


def test_only_coordinators_are_promised_a_notice():
    watching = [screens.home(Home(regions=regions(1), roles=frozenset({role})), RU).text for role in Role]
    promised = [role for role, text in zip(Role, watching, strict=True) if "сообщение придёт сюда само" in text]
    assert Role.COORDINATOR in promised
    assert Role.ADMINISTRATOR not in promised


@pytest.mark.parametrize("argument", ["", "-1", "x", "²", "9" * 50, "１"])
def test_a_forged_page_is_the_first_one(argument: str):
    assert screens.page_of(argument) == 0


@each_language
def test_the_others_are_told_where_they_are(language: str):
    texts = strict(language)
    shown = [screens.home(Home(roles=frozenset({role})), texts) for role in Role] + [screens.home(Home(), texts)]
    shown += [screens.stranger(texts), screens.help_without_college(texts)]
    shown += [screens.help_without_college(texts, supports=True)]
    shown += [screens.not_let_in(why, texts, known=known) for why in NotLetIn for known in (True, False)]
    for screen in shown:
        prove(screen)


@each_language
@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_the_welcome_fits_every_college(language: str, state):
    prove(screens.welcome(state, strict(language)))


def test_the_welcome_says_what_lies_ahead():
    text = screens.welcome(walk(), RU).text.replace("\u00a0", " ")
    assert "Впереди 12 шагов и 10 комплектов, до 29 августа, 23:59 (МСК+4)" in text
    assert labels(screens.welcome(walk(), RU)) == ["Начать с шага 1", "Это не мой колледж", "Главная"]


def test_one_who_works_for_several_can_change_over():
    assert "choose" in names(screens.home(Home(colleges(2), walk=walk()), RU))
    assert "choose" not in names(screens.home(Home(colleges(1), walk=walk()), RU))
