"""The screen of a step, whatever its kind and state."""

from dataclasses import replace

from services.checklists.rules import Standing
from services.checklists.screens import check, finish, materials, notice, participants, scan
from services.checklists.screens.frame import bottom, go_on, heading, keyboard, last_row, over, paragraphs, reason
from services.checklists.screens.home import home
from services.checklists.step import Kind, Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.events.rules import Window
from services.texts import Texts

OWN_SCREENS = {
    Kind.PARTICIPANTS: participants.participants,
    Kind.SCAN: scan.scan,
    Kind.FINISH: finish.finish,
    Kind.NOTICE: notice.notice,
}
"""Kinds whose state is told by the data rather than by a mark."""

BODIES = {
    Kind.DOWNLOAD: materials.body,
    Kind.SELF_CHECK: check.body,
    Kind.PRINT_CHECK: check.body,
}

ACTIONS = {
    Kind.DOWNLOAD: materials.actions,
    Kind.SELF_CHECK: check.actions,
    Kind.PRINT_CHECK: check.actions,
}


def step(walk: Walk, shown: Step | None, texts: Texts, toast: str = "") -> Screen:
    """A step as it stands: to be done, done, not open yet, or over. Without a step, home."""
    if shown is None:
        return replace(home(walk, texts), toast=toast)
    return replace(screen_of(walk, shown, texts), toast=toast)


def screen_of(walk: Walk, shown: Step, texts: Texts) -> Screen:
    standing = walk.standing(shown)
    if standing == Standing.LATER:
        return later(walk, shown, texts)
    if shown.kind in OWN_SCREENS:
        return OWN_SCREENS[shown.kind](walk, shown, texts)
    if standing == Standing.DONE:
        return done(walk, shown, texts)
    return to_do(walk, shown, texts)


def to_do(walk: Walk, shown: Step, texts: Texts) -> Screen:
    """What to do, why, and the button that marks it."""
    text = [heading(walk, shown, texts), body(walk, shown, texts), reason(shown, texts)]
    if walk.window == Window.OVER:
        return Screen(paragraphs(*text, over(walk, texts)), rows=(last_row(walk, shown, texts),))
    rows = ACTIONS[shown.kind](walk, shown, texts) if shown.kind in ACTIONS else ((mark(walk, shown, texts),),)
    return Screen(paragraphs(*text), rows=(*rows, last_row(walk, shown, texts)))


def done(walk: Walk, shown: Step, texts: Texts) -> Screen:
    """A done step can be read again, and its mark taken back until the finish."""
    text = paragraphs(heading(walk, shown, texts), texts("step.done"), body(walk, shown, texts), reason(shown, texts))
    may_undo = not walk.finished and walk.window != Window.OVER
    undo = Action(texts("checklist.button.undo"), "undo", walk.participation, shown.id)
    files = materials.again(walk, shown, texts) if shown.kind == Kind.DOWNLOAD and walk.handouts else None
    last = last_row(walk, shown, texts)
    return Screen(text, rows=keyboard([go_on(walk, texts)], [files], [undo if may_undo else None], last))


def later(walk: Walk, shown: Step, texts: Texts) -> Screen:
    """A step whose turn has not come: which one is first."""
    current = walk.number(walk.current) if walk.current else 1
    text = paragraphs(heading(walk, shown, texts), texts("step.later", number=current))
    return Screen(text, rows=keyboard([go_on(walk, texts)], bottom(walk, texts)))


def body(walk: Walk, shown: Step, texts: Texts) -> str:
    """What to do; where a step has its own way of saying it, that."""
    if shown.kind in BODIES:
        return BODIES[shown.kind](walk, shown, texts)
    key = f"step.{shown.id}.body"
    if shown.kind == Kind.FILL:
        return texts.n(key, walk.declared_or_suggested)
    if shown.kind == Kind.SIGN_IN:
        return paragraphs(texts(key), texts.html(f"step.{shown.id}.trouble", email=walk.trial.contacts.email))
    return texts(key)


def mark(walk: Walk, shown: Step, texts: Texts) -> Action:
    """The button that marks a step by the person's word."""
    return Action(texts(f"step.{shown.id}.done"), "done", walk.participation, shown.id, Style.MAIN)
