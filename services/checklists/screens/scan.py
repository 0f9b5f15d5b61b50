"""Scanning: what to send, and how far it has come."""

from services.checklists.screens.frame import go_on, heading, keyboard, kits_line, last_row, over, paragraphs, reason
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.events.rules import Window
from services.texts import Texts


def scan(walk: Walk, step: Step, texts: Texts) -> Screen:
    """Explains, counts, and leads to the upload; at N of N on to the finish."""
    text = [heading(walk, step, texts), texts("step.scan.body"), kits_line(walk, texts), reason(step, texts)]
    last = last_row(walk, step, texts)
    if walk.finished or walk.may_finish:
        said = paragraphs(text[0], texts("step.done"), *text[2:])
        return Screen(said, rows=keyboard([go_on(walk, texts)], last))
    if walk.window != Window.OPEN:
        return Screen(paragraphs(*text, closed(walk, texts)), rows=(last,))
    upload = Action(texts("checklist.button.upload"), "upload", walk.participation, style=Style.MAIN)
    picture = Action(texts("checklist.button.picture"), "kits_picture", walk.participation)
    has_cells = walk.counts.declared is not None
    return Screen(paragraphs(*text), rows=keyboard([upload], [picture if has_cells else None], last))


def closed(walk: Walk, texts: Texts) -> str:
    """Before the window and after it scans are not taken: when they are, or whom to ask."""
    if walk.window == Window.BEFORE:
        return texts("checklist.before", opens=texts.moment(walk.trial.opens_at, walk.trial.zone))
    return over(walk, texts)
