"""Whether the coordinator knows: said only when the messenger has answered."""

from services.checklists.screens.frame import coordinator, heading, last_row, paragraphs, reason
from services.checklists.step import Step
from services.checklists.walk import Told, Walk
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts


def notice(walk: Walk, step: Step, texts: Texts) -> Screen:
    """One line a coordinator; where nobody was reached, whom to tell and the button for it."""
    text = [heading(walk, step, texts), *state(walk, texts), reason(step, texts)]
    last = last_row(walk, step, texts)
    if walk.coordinator_knows:
        return Screen(paragraphs(*text), rows=(last,))
    if is_pending(walk):
        again = Action(texts("told.button.look"), "step", walk.participation, step.id, Style.MAIN)
        return Screen(paragraphs(*text), rows=((again,), last))
    reported = Action(texts("told.button.reported"), "told_myself", walk.participation, style=Style.MAIN)
    return Screen(paragraphs(*text), rows=((reported,), last))


def state(walk: Walk, texts: Texts) -> list[str]:
    lines = "\n".join(line(told, walk, texts) for told in walk.told)
    if walk.reported_self:
        return [texts("told.reported"), lines]
    if walk.coordinator_knows or is_pending(walk):
        return [lines, "" if walk.coordinator_knows else texts("told.wait")]
    return [
        texts("told.nobody" if walk.told else "told.no_coordinator"),
        lines,
        texts("told.tell"),
        coordinator(walk.trial.contacts, texts),
    ]


def is_pending(walk: Walk) -> bool:
    """True while an answer of the messenger is awaited and nobody is reached yet."""
    return any(told.delivered_at is None and told.failure is None for told in walk.told)


def line(told: Told, walk: Walk, texts: Texts) -> str:
    name = told.name or texts("told.nameless")
    if told.delivered_at is not None:
        moment = texts.moment(told.delivered_at, walk.trial.zone)
        return texts.html("told.line.delivered", name=name, moment=moment)
    return texts.html("told.line.failed" if told.failure else "told.line.pending", name=name)
