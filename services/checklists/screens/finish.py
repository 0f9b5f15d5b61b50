"""The finish: offered at N of N only, confirmed on a second screen, told as a message that stays."""

from services.checklists.screens.frame import bottom, go_on, heading, keyboard, kits_line, last_row, paragraphs, reason
from services.checklists.screens.scan import closed
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.events.rules import Window
from services.texts import Texts


def finish(walk: Walk, step: Step, texts: Texts) -> Screen:
    """Where the finish stands: done, offered, or what is missing for it."""
    last = last_row(walk, step, texts)
    if walk.finished:
        text = [heading(walk, step, texts), when(walk, texts)]
        return Screen(paragraphs(*text), rows=keyboard([go_on(walk, texts)], last))
    text = [heading(walk, step, texts), kits_line(walk, texts)]
    if walk.window != Window.OPEN:
        return Screen(paragraphs(*text, closed(walk, texts)), rows=(last,))
    if not walk.may_finish:
        return Screen(paragraphs(*text, missing(walk, texts), reason(step, texts)), rows=(to_scan(walk, texts), last))
    offer = Action(texts("checklist.button.finish"), "finish", walk.participation, style=Style.GOOD)
    return Screen(paragraphs(*text, texts("step.finish.body"), reason(step, texts)), rows=((offer,), last))


def missing(walk: Walk, texts: Texts) -> str:
    if walk.counts.declared is None:
        return texts("finish.undeclared")
    return texts.n("finish.missing", walk.counts.declared, complete=walk.counts.complete)


def to_scan(walk: Walk, texts: Texts) -> tuple[Action, ...]:
    return (Action(texts("checklist.button.upload"), "upload", walk.participation, style=Style.MAIN),)


def confirm(walk: Walk, step: Step, texts: Texts) -> Screen:
    """The second screen before what cannot be undone. Where the finish is not offered (any more), how it stands."""
    if not walk.may_finish:
        return finish(walk, step, texts)
    surplus = len(walk.counts.surplus)
    text = paragraphs(
        texts("finish.confirm.title"),
        texts.n("finish.confirm.surplus", surplus) if surplus else "",
        texts.n("finish.confirm", walk.counts.complete),
    )
    sure = Action(texts("finish.button.now"), "finish_now", walk.participation, style=Style.GRAVE)
    back = Action(texts("checklist.button.back"), "step", walk.participation, step.id)
    return Screen(text, rows=((sure,), bottom(walk, texts, back)))


def finished_message(walk: Walk, texts: Texts) -> Screen:
    """The message that stays in the chat."""
    text = paragraphs(
        texts.n("finish.message.title", walk.counts.complete),
        texts.html("finish.message", college=walk.college, event=walk.trial.title) + "\n" + when(walk, texts),
    )
    return Screen(text)


def when(walk: Walk, texts: Texts) -> str:
    if walk.finished_at is None:
        return ""
    return texts("finish.when", moment=texts.moment(walk.finished_at, walk.trial.zone))
