"""Self-checks, of the workstation and of the printed sheets: overview, one question, and what a "no" means."""

from services.checklists import rules
from services.checklists.screens.frame import bottom, coordinator, heading, paragraphs
from services.checklists.step import CheckItem, Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts

MARKS = {rules.YES: "selfcheck.mark.yes", rules.NO: "selfcheck.mark.no", None: "selfcheck.mark.open"}


def body(walk: Walk, step: Step, texts: Texts) -> str:
    """What to check with the answers so far, and the Order's warning where a minimum is lacking."""
    answers = walk.answers(step)
    lines = [texts(MARKS[answers.get(item.id)], item=texts(f"selfcheck.{item.id}.short")) for item in step.items]
    return paragraphs(texts(f"step.{step.id}.body"), "\n".join(lines), warning(walk, step, texts))


def warning(walk: Walk, step: Step, texts: Texts) -> str:
    if rules.unanswered(step, walk.answers(step)) or not rules.lacking(step, walk.answers(step)):
        return ""
    return paragraphs(
        texts.html(f"step.{step.id}.lacking", email=walk.trial.contacts.email),
        coordinator(walk.trial.contacts, texts),
    )


def actions(walk: Walk, step: Step, texts: Texts) -> tuple[tuple[Action, ...], ...]:
    """On to the next question; when all are answered, to mark the step, or to go on knowingly."""
    answers, place = walk.answers(step), walk.participation
    left = rules.unanswered(step, answers)
    if left:
        key = f"step.{step.id}.{'go_on' if len(left) < len(step.items) else 'begin'}"
        return ((Action(texts(key), "check_item", place, left[0].id, Style.MAIN),),)
    again = Action(texts("selfcheck.button.again"), "check_item", place, step.items[0].id)
    if not rules.lacking(step, answers):
        return ((Action(texts(f"step.{step.id}.done"), "done", place, step.id, Style.MAIN),), (again,))
    first = rules.lacking(step, answers)[0]
    mend = Action(texts("selfcheck.button.mend"), "check_item", place, first.id, Style.MAIN)
    knowingly = Action(texts(f"step.{step.id}.knowingly"), "knowingly", place, step.id)
    return ((mend,), (knowingly,))


def question(walk: Walk, step: Step, item: CheckItem, texts: Texts) -> Screen:
    """One question with yes and no."""
    number = step.items.index(item) + 1
    text = paragraphs(
        heading(walk, step, texts),
        texts(
            "selfcheck.question", number=number, total=len(step.items), question=texts(f"selfcheck.{item.id}.question")
        ),
        given(walk, step, item, texts),
    )
    yes = Action(texts("selfcheck.button.yes"), "check", walk.participation, f"{item.id}.{rules.YES}", Style.MAIN)
    no = Action(texts("selfcheck.button.no"), "check", walk.participation, f"{item.id}.{rules.NO}")
    return Screen(text, rows=((yes, no), bottom(walk, texts, back(walk, step, item, texts), step.id)))


def given(walk: Walk, step: Step, item: CheckItem, texts: Texts) -> str:
    answer = walk.answers(step).get(item.id)
    return texts(f"selfcheck.given.{answer}") if answer in (rules.YES, rules.NO) else ""


def back(walk: Walk, step: Step, item: CheckItem, texts: Texts) -> Action:
    place = step.items.index(item)
    if place == 0:
        return Action(texts("checklist.button.back"), "step", walk.participation, step.id)
    return Action(texts("checklist.button.back"), "check_item", walk.participation, step.items[place - 1].id)
