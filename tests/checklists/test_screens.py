"""Every screen of the checklist in every state, in both languages."""

from dataclasses import replace

import pytest

from services.checklists.answer_check_item import Asked
from services.checklists.finish import Finished, NotYet
from services.checklists.open_step import Opened
from services.checklists.read_number import NumberFault
from services.checklists.screens import answers, check, contacts, finish, materials
from services.checklists.screens.home import home
from services.checklists.screens.step import step
from services.checklists.screens.steps import steps
from services.checklists.set_participants import Fixed, NotSet
from services.checklists.step import Kind
from services.checklists.variants.variant2 import VARIANT_2
from services.checklists.walk import Walk
from services.conversation.screen import Screen, Style
from tests.checklists.looks import main_action, names, prove, strict
from tests.checklists.walks import ALL_YES, LACKING, OVER, STATES, finished, handouts, told, walk

LANGUAGES = ("ru", "en")
RU = strict("ru")
each_state = pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
each_language = pytest.mark.parametrize("language", LANGUAGES)


def all_screens(state: Walk, language: str) -> list[Screen]:
    texts = strict(language)
    shown = [home(state, texts), home(state, texts, several=True), steps(state, texts), contacts.help_(state, texts)]
    shown += [contacts.not_mine(state, texts), finish.finished_message(state, texts)]
    shown += [step(state, one, texts) for one in state.checklist]
    shown += [check.question(state, one, item, texts) for one in state.checklist for item in one.items]
    shown += [answers.after_mark(state, one, one.id, texts) for one in state.checklist]
    shown += list(materials.messages(state.handouts, texts))
    if (number := state.step_of(Kind.PARTICIPANTS)) is not None:
        shown += [answers.number_taken(NotSet(state, number, why), texts) for why in (*NumberFault, *Fixed)]
        shown += [answers.number_taken(Opened(state, number), texts)]
    for result in (NotYet(state), Finished(state, just_now=True), Finished(state, just_now=False)):
        reply = answers.after_finish(result, texts)
        shown += [*reply.messages, *([reply.card] if reply.card else [])]
    return [*shown, answers.before_finish(state, texts)]


@each_language
@each_state
def test_every_screen_can_be_sent(state: Walk, language: str):
    for screen in all_screens(state, language):
        prove(screen)


@each_state
def test_every_screen_leads_on(state: Walk):
    """Cards have a way home or, at home, a way to help: nobody is ever stuck."""
    for screen in all_screens(state, "ru"):
        if screen.rows:
            assert {"home", "help"} & set(names(screen))


@each_state
def test_finish_is_offered_at_n_of_n_in_the_window_only(state: Walk):
    may = state.counts.all_there and not state.finished and state.trial.opens_at <= state.now < state.trial.closes_at
    shown = all_screens(state, "ru")
    assert any("finish_now" in names(screen) for screen in shown) == may
    offered = [screen for screen in shown if "finish" in names(screen)]
    assert bool(offered) == may
    assert all(main_action(screen).style == Style.GOOD for screen in offered)


def test_names_of_others_are_escaped():
    state = STATES["hostile_name"]
    assert "&lt;b&gt;Колледж &amp;" in home(state, RU).text
    assert "<b>Колледж &" not in "".join(screen.text for screen in all_screens(state, "ru"))


@pytest.mark.parametrize(
    ("complete", "declared", "bar"),
    [
        (0, 10, "░░░░░░░░░░"),
        (7, 10, "███████░░░"),
        (10, 10, "██████████"),
        (1, 200, "█░░░░░░░░░"),
        (199, 200, "█████████░"),
    ],
)
def test_the_bar_is_full_only_at_n_of_n(complete: int, declared: int, bar: str):
    assert f"Комплекты {bar} {complete} из {declared}" in home(walk(7, complete, declared), RU).text


def test_home_says_where_the_college_stands():
    text = home(walk(3), RU).text
    assert "<b>Колледж связи № 7</b>\nАпробация, август 2026, вариант 2" in text
    assert "До 29 августа, осталось 2 дня" in text
    assert "Шаг 4 из 12: Рабочее место" in text
    assert [button.text for button in home(walk(), RU).rows[0]] == ["Начать с шага 1"]
    assert [button.text for button in home(walk(3), RU).rows[0]] == ["Перейти к шагу 4"]


def test_home_names_the_last_day_and_the_end_in_the_colleges_zone():
    assert "Сегодня последний день: до 27 августа, 15:32 (МСК+4)" in home(STATES["last_day"], RU).text.replace(
        "\u00a0", " "
    )
    assert "Срок истёк: 27 августа, 13:32 (МСК+4)" in home(STATES["over"], RU).text.replace("\u00a0", " ")
    assert "upload" not in names(home(STATES["over"], RU))
    assert "upload" not in names(home(STATES["before"], RU))


def test_a_step_not_yet_open_says_which_comes_first():
    shown = step(walk(2), VARIANT_2[5], RU)
    assert "сначала шаг 3" in shown.text
    assert "done" not in names(shown)


def test_a_done_step_can_be_undone_until_the_finish():
    assert "undo" in names(step(walk(3), VARIANT_2[0], RU))
    assert "undo" not in names(step(finished(), VARIANT_2[0], RU))
    assert "undo" not in names(step(walk(3, **OVER), VARIANT_2[0], RU))


def test_the_facts_of_the_order_stand_apart_from_advice():
    scan = step(walk(7, 0, 10), VARIANT_2[9], RU).text
    assert "Рекомендация (в Порядке этого нет): 300" in scan
    assert "<i>Порядок, пункт 2.2, шаг 10</i>" in scan


def test_lacking_minimums_warn_and_let_go_on_only_knowingly():
    shown = step(walk(3, evidence=LACKING), VARIANT_2[3], RU)
    assert "высокие риски безвозвратной потери результатов" in shown.text
    assert "Порядок рекомендует сканирование в региональном центре" in shown.text
    assert "done" not in names(shown)
    assert "knowingly" in names(shown)
    assert main_action(shown).name == "check_item"
    assert "done" in names(step(walk(3, evidence=ALL_YES), VARIANT_2[3], RU))


def test_badly_printed_sheets_are_never_printed_again():
    shown = step(walk(4, evidence=LACKING), VARIANT_2[4], RU).text
    assert "Второй раз файл не печатайте" in shown
    assert "help@example.org" in shown


def test_own_files_say_print_once():
    shared, own = materials.messages((replace(handouts(1)[0], own=False), replace(handouts(1)[0], own=True)), RU)
    assert "только один раз" not in shared.text
    assert "только один раз" in own.text


@pytest.mark.parametrize(
    ("n", "words"), [(1, "1 бланк ответов"), (2, "2 бланка ответов"), (5, "5 бланков"), (21, "21 бланк")]
)
def test_filling_counts_in_russian(n: int, words: str):
    assert words in step(walk(5, 0, n), VARIANT_2[5], RU).text


def test_delivered_is_said_only_with_the_messengers_answer():
    notice = VARIANT_2[11]
    assert "Доставлено" not in step(finished(told=told("pending")), notice, RU).text
    assert "Доставлено: Ирина &lt;b&gt;&amp;, 27 августа, 14:32 (МСК+4)" in step(
        finished(told=told("delivered")), notice, RU
    ).text.replace("\u00a0", " ")


def test_who_could_not_be_told_is_told_by_the_technician():
    shown = step(finished(told=told("failed")), VARIANT_2[11], RU)
    assert main_action(shown).name == "told_myself"
    assert "Координатор: Ирина &lt;b&gt;&amp; Ко, +7 383 000-00-00" in shown.text
    assert "told_myself" not in names(step(finished(told=told("pending")), VARIANT_2[11], RU))
    assert "told_myself" not in names(step(finished(told=told("failed", "delivered")), VARIANT_2[11], RU))


def test_where_no_coordinator_is_connected_the_contact_is_the_coordinators_own():
    shown = step(finished(), VARIANT_2[11], RU)
    assert main_action(shown).name == "told_myself"
    assert "ещё не подключён координатор" in shown.text
    assert "Координатор: Ирина &lt;b&gt;&amp; Ко, +7 383 000-00-00" in shown.text
    assert "@" not in shown.text, "support has no use for the news"


def test_one_coordinator_reached_is_enough():
    assert finished(told=told("failed", "delivered")).current is None


@pytest.mark.parametrize("why", list(NumberFault))
def test_a_wrong_number_names_the_range(why: NumberFault):
    shown = answers.number_taken(NotSet(walk(6), VARIANT_2[7], why), RU)
    assert "от 1 до 2000" in shown.text.replace("\u00a0", " ")
    assert main_action(shown).text == "10 участников"


def test_the_number_is_fixed_once_pages_count():
    shown = step(STATES["pages_counted"], VARIANT_2[7], RU)
    assert "Изменить число уже нельзя" in shown.text
    assert "participants" not in names(shown)


def test_a_question_that_no_step_has_leads_home():
    assert names(answers.asked(None, RU)) == ["home"]
    shown = answers.asked(Asked(walk(3), VARIANT_2[3], VARIANT_2[3].items[2]), RU)
    assert "Вопрос 3 из 9" in shown.text


@pytest.mark.parametrize("variant", [1, 3, 4])
def test_other_variants_are_told_whom_to_ask(variant: int):
    shown = home(walk(variant=variant), RU)
    assert f"Вариант {variant}" in shown.text
    assert "Координатор: Ирина" in shown.text
    assert "step" not in names(shown)
