"""All steps at one look."""

from services.checklists.rules import Standing
from services.checklists.screens.frame import bottom, paragraphs
from services.checklists.screens.home import home
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts

IN_A_ROW = 3


def steps(walk: Walk, texts: Texts) -> Screen:
    """Each step with its state; those that can be opened are buttons."""
    if not walk.checklist:
        return home(walk, texts)
    lines = [line(walk, step, texts) for step in walk.checklist]
    text = paragraphs(
        texts("steps.title", done=len(walk.done), total=len(walk.checklist)), "\n".join(lines), texts("steps.legend")
    )
    open_ = [button(walk, step, texts) for step in walk.checklist if walk.standing(step) != Standing.LATER]
    rows = [tuple(open_[first : first + IN_A_ROW]) for first in range(0, len(open_), IN_A_ROW)]
    return Screen(text, rows=(*rows, bottom(walk, texts)))


def line(walk: Walk, step: Step, texts: Texts) -> str:
    return texts(
        f"steps.line.{walk.standing(step).value}", number=walk.number(step), name=texts(f"step.{step.id}.name")
    )


def button(walk: Walk, step: Step, texts: Texts) -> Action:
    style = Style.MAIN if step == walk.current else Style.PLAIN
    return Action(texts("steps.button", number=walk.number(step)), "step", walk.participation, step.id, style)
