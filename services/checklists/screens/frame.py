"""What all screens of the checklist share: headings, the last row, whom to ask."""

from collections.abc import Sequence

from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Style
from services.events.contacts import Contacts
from services.kits.state_line import unseen
from services.texts import Texts

BAR_CELLS = 10


def last_row(walk: Walk, step: Step, texts: Texts) -> tuple[Action, ...]:
    """The last row of a step's screen: its help knows what is asked about."""
    return bottom(walk, texts, back_to(walk, step, texts), step.id)


def bottom(walk: Walk, texts: Texts, back: Action | None = None, step: str = "") -> tuple[Action, ...]:
    """The last row of every screen: back where there is a way back, home, help."""
    home = Action(texts("button.home"), "home", walk.participation)
    help_ = Action(texts("checklist.button.help"), "help", walk.participation, step)
    return (back, home, help_) if back else (home, help_)


def back_to(walk: Walk, step: Step, texts: Texts) -> Action:
    """The step before; from the first one the list of all."""
    before = walk.before(step)
    if before is None:
        return Action(texts("checklist.button.back"), "steps", walk.participation)
    return Action(texts("checklist.button.back"), "step", walk.participation, before.id)


def go_on(walk: Walk, texts: Texts) -> Action | None:
    """The one main button: to the step whose turn it is. None when all is done."""
    step = walk.current
    if step is None:
        return None
    if walk.may_finish:
        return Action(texts("checklist.button.finish"), "finish", walk.participation, style=Style.GOOD)
    key = "checklist.button.begin" if not walk.done and not walk.evidence else "checklist.button.go_on"
    return Action(texts(key, number=walk.number(step)), "step", walk.participation, step.id, Style.MAIN)


def keyboard(*rows: Sequence[Action | None]) -> tuple[tuple[Action, ...], ...]:
    """Rows of buttons; a button that is None is left out, and so is a row without any."""
    there = (tuple(button for button in row if button) for row in rows)
    return tuple(row for row in there if row)


def heading(walk: Walk, step: Step, texts: Texts) -> str:
    """`Шаг 5 из 12. Напечатайте комплекты`, bold."""
    title = texts(f"step.{step.id}.title")
    return f"<b>{texts('step.heading', number=walk.number(step), total=len(walk.checklist), title=title)}</b>"


def reason(step: Step, texts: Texts) -> str:
    """Why the step matters, and its place in the Order."""
    section, _, number = step.clause.partition(", ")
    return texts("step.reason", why=texts(f"step.{step.id}.why"), section=section, number=number)


def paragraphs(*parts: str) -> str:
    """Paragraphs with an empty line between; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def bar(complete: int, total: int) -> str:
    """`███████░░░`: full only when all are there, empty only when none is."""
    filled = BAR_CELLS * complete // total if total else 0
    if complete and not filled:
        filled = 1
    return "█" * filled + "░" * (BAR_CELLS - filled)


def kits_line(walk: Walk, texts: Texts) -> str:
    """How many kits count, as a bar and in words; once scans have come, how many lack pages and which have not come."""
    declared = walk.counts.declared
    if declared is None:
        return texts("checklist.kits.undeclared")
    line = texts(
        "checklist.kits", bar=bar(walk.counts.complete, declared), complete=walk.counts.complete, declared=declared
    )
    has_begun = walk.counts.complete or walk.counts.partial
    lacking = texts.n("ledger.lacking", len(walk.counts.lacking)) if walk.counts.lacking else ""
    parts = (line, lacking, unseen(texts, walk.counts) if has_begun else "")
    return "\n".join(part for part in parts if part)


def coordinator(contacts: Contacts, texts: Texts) -> str:
    """The coordinator with the ways to reach them, or that the college must know them by itself."""
    if not contacts.coordinator:
        return texts("contacts.coordinator.unknown")
    return texts.html(
        "contacts.coordinator", name=contacts.coordinator, ways="".join(f", {way}" for way in contacts.coordinator_ways)
    )


def over(walk: Walk, texts: Texts) -> str:
    """That the window has closed, and whom to ask."""
    closed = texts.moment(walk.trial.closes_at, walk.trial.zone)
    return paragraphs(texts("checklist.over", closed=closed), coordinator(walk.trial.contacts, texts))
