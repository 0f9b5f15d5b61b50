"""The number of participants: by a button or typed."""

from services.checklists import rules
from services.checklists.read_number import HIGHEST, LOWEST, NumberFault
from services.checklists.screens.frame import coordinator, go_on, heading, keyboard, last_row, over, paragraphs, reason
from services.checklists.set_participants import Fixed, NotSet
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.events.rules import Window
from services.texts import Texts


def participants(walk: Walk, step: Step, texts: Texts) -> Screen:
    """Asks for N; shows N where it is known; says why it is fixed where it is."""
    declared = walk.counts.declared
    text = [heading(walk, step, texts), texts("step.participants.body", low=LOWEST, high=HIGHEST)]
    if declared is not None:
        change = texts("participants.change") if may_change(walk) else ""
        text.append(f"{texts('participants.declared', number=declared)} {change}".rstrip())
    text.append(reason(step, texts))
    last = last_row(walk, step, texts)
    if not may_change(walk):
        rows = keyboard([go_on(walk, texts)], [ask_coordinator(walk, texts)], last)
        return Screen(paragraphs(*text, why_not(walk, texts)), rows=rows)
    main = offer(walk, texts) if declared is None else go_on(walk, texts)
    return Screen(paragraphs(*text), rows=keyboard([main], last))


def offer(walk: Walk, texts: Texts) -> Action:
    """The event's own number by one press."""
    number = walk.declared_or_suggested
    return Action(texts.n("participants.button", number), "participants", walk.participation, str(number), Style.MAIN)


def ask_coordinator(walk: Walk, texts: Texts) -> Action | None:
    """Once pages have counted, only the coordinator changes N: the way to ask."""
    if walk.finished or walk.window == Window.OVER:
        return None
    return Action(texts("participants.button.ask"), "ask_number", walk.participation)


def may_change(walk: Walk) -> bool:
    may = rules.may_change_participants(walk.counts.declared, pages_counted=walk.pages_counted, finished=walk.finished)
    return may and walk.window != Window.OVER


def why_not(walk: Walk, texts: Texts) -> str:
    if walk.finished:
        return texts("participants.fixed.finished")
    if walk.window == Window.OVER:
        return over(walk, texts)
    return paragraphs(texts("participants.fixed.pages_counted"), coordinator(walk.trial.contacts, texts))


def not_set(result: NotSet, texts: Texts) -> Screen:
    """What is wrong with the text, and the question again."""
    if isinstance(result.why, Fixed):
        return participants(result.walk, result.step, texts)
    asked = participants(result.walk, result.step, texts)
    return Screen(wrong_number(result.why, texts), rows=asked.rows)


def wrong_number(why: NumberFault, texts: Texts) -> str:
    example = texts(f"participants.wrong.{why.value}")
    return paragraphs(example, texts("participants.write", low=LOWEST, high=HIGHEST))
