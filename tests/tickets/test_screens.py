"""Every screen of a ticket, in both languages, with hostile names and at every length."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.conversation.screen import MOST_CAPTION_LETTERS, Action, Screen
from services.tickets.begin_ticket import Form
from services.tickets.keep_question import Kept
from services.tickets.list_tickets import Desk
from services.tickets.models import Side, TicketState
from services.tickets.queries import TicketLine
from services.tickets.screens import closed, form, lists, mark
from services.tickets.screens.card import card
from services.tickets.screens.message import to_person, to_support
from services.tickets.view import Said, Subject, TicketView
from tests.checklists.looks import names, prove, strict
from tests.checklists.walks import HOSTILE_NAME, LONG_NAME, NOW, walk

RU = strict("ru")
each_language = pytest.mark.parametrize("language", ["ru", "en"])
SUBJECTS = (
    Subject(),
    Subject(step="print"),
    Subject(step="nonsense", kit="<b>"),
    Subject(kit="1000052", page=1, file=HOSTILE_NAME * 9),
)
PHOTO = {"kind": "photo", "remote_id": "r", "bot_id": 7, "name": "photo-1.jpg"}
FILE = {"kind": "document", "remote_id": "r", "bot_id": 7, "name": "<b>&.zip"}


def said(number: int, side: Side = Side.PERSON, text: str = "Как <b>быть</b> & что?", **more: object) -> Said:
    return Said(
        number, side, "" if side == Side.PRODUCT else HOSTILE_NAME, text, NOW + timedelta(minutes=number), **more
    )  # type: ignore[arg-type]


def view(state: TicketState = TicketState.WAITS_FOR_SUPPORT, messages: int = 1, **changes: object) -> TicketView:
    sides = list(Side)
    usual = TicketView(
        number=131,
        state=state,
        reason="page",
        subject=SUBJECTS[3],
        person=HOSTILE_NAME,
        opened_at=NOW,
        walk=walk(college=HOSTILE_NAME),
        messages=tuple(said(number, sides[number % 3]) for number in range(messages)),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def lines(number: int) -> tuple[TicketLine, ...]:
    states = list(TicketState)
    return tuple(
        TicketLine(n, states[n % 3], ("step", "double_print", "what")[n % 3], SUBJECTS[n % 4], LONG_NAME * 2, NOW)
        for n in range(1, number + 1)
    )


@each_language
@pytest.mark.parametrize("state", list(TicketState))
@pytest.mark.parametrize("messages", [1, 2, 5, 21, 120])
def test_a_card_can_be_sent_in_every_state(language: str, state: TicketState, messages: int) -> None:
    for side in (Side.PERSON, Side.SUPPORT):
        for subject in SUBJECTS:
            for place in (None, walk(college=LONG_NAME * 3)):
                prove(card(strict(language), view(state, messages, subject=subject, walk=place), side))


def test_who_of_support_has_answered_only_support_sees() -> None:
    answered = view(messages=3)
    assert "Поддержка, &lt;b&gt;Колледж" in card(RU, answered, Side.SUPPORT).text
    assert "Поддержка, " not in card(RU, answered, Side.PERSON).text


@each_language
@pytest.mark.parametrize("text", ["", "Коротко", "ы<&" * 1365])
@pytest.mark.parametrize("attachment", [{}, PHOTO, FILE], ids=["words", "photo", "file"])
def test_words_reach_the_other_side_with_their_file(language: str, text: str, attachment: dict[str, object]) -> None:
    texts, words = strict(language), said(1, text=text, attachment=attachment)
    ticket = view(messages=0)
    for screens in (
        to_support(texts, ticket, words, 7, first=True),
        to_support(texts, ticket, words, 7, first=False, again=True),
        to_person(texts, ticket, replace(words, side=Side.SUPPORT), 7),
    ):
        files = [file for screen in screens for file in (*screen.pictures, *screen.documents)]
        assert len(files) == bool(attachment)
        assert screens[-1].rows
        carrying = [screen for screen in screens if screen.pictures or screen.documents]
        assert all(len(screen.text) <= MOST_CAPTION_LETTERS for screen in carrying)
        assert text.replace("&", "&amp;").replace("<", "&lt;") in "".join(screen.text for screen in screens)


def test_a_file_that_only_another_bot_has_is_named_and_not_sent() -> None:
    (screen,) = to_support(RU, view(), said(1, attachment=FILE), 8, first=True)
    assert (screen.pictures, screen.documents) == ((), ())
    assert "Приложен файл &lt;b&gt;&amp;.zip." in screen.text


@each_language
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21])
def test_lists_can_be_sent(language: str, number: int) -> None:
    texts, found = strict(language), lines(number)
    waiting = tuple(line for line in found if line.state != TicketState.CLOSED)
    shown = [lists.own(texts, found, page) for page in range(4)]
    shown += [lists.desk(texts, Desk(waiting), page) for page in range(4)]
    for screen in shown:
        prove(screen)
    buttons = [button for screen in shown for row in screen.rows for button in row if isinstance(button, Action)]
    reached = {button.argument for button in buttons if button.name == "ticket_open"}
    assert reached == {str(line.number) for line in found}
    home = Screen("x", rows=((), ()))
    assert ("tickets" in names(lists.with_tickets(texts, home, found, None))) == bool(number)


def test_the_desk_counts_what_waits_and_what_is_open() -> None:
    text = lists.desk(RU, Desk(tuple(replace(line, state=TicketState.WAITS_FOR_SUPPORT) for line in lines(5)))).text
    assert text.startswith("<b>Ждут ответа: 5, всего открыто: 5</b>")


@each_language
def test_forms_news_and_marks_can_be_sent(language: str) -> None:
    texts = strict(language)
    shown = [
        form.form(texts, Form("page", subject, place), lost=lost)
        for subject in SUBJECTS
        for place in (None, walk())
        for lost in (True, False)
    ]
    shown += [form.more_words(texts, view(), side) for side in (Side.PERSON, Side.SUPPORT)]
    shown += [
        form.only_words(texts),
        form.unasked(texts, Kept("<b>&" * 300, lines(5))),
        form.unasked(texts, Kept("х", ())),
    ]
    shown += [closed.closed_for_person(texts, view()), closed.closed_for_support(texts, view(), HOSTILE_NAME)]
    for side in (Side.PERSON, Side.SUPPORT):
        shown += [mark.on_its_way(texts, 1, side), mark.delivered(texts, 1, side, "27 августа")]
        shown += [mark.failed(texts, 1, side, why, "a@b") for why in ("unreachable", "nobody", "what")]
    for screen in shown:
        prove(screen)
