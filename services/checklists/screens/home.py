"""The technician's home: where the college stands and what comes next."""

from services.checklists.screens.frame import coordinator, go_on, keyboard, kits_line, over, paragraphs
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen
from services.events.rules import Window
from services.reviews.screens.frame import subject
from services.texts import Texts

MOST_WAITING = 3


def home(walk: Walk, texts: Texts, *, several: bool = False) -> Screen:
    """`several`: the person works for more colleges and may change over."""
    title = texts.html("home.title", college=walk.college, event=walk.trial.title, variant=walk.variant)
    other = Action(texts("home.button.other"), "choose") if several else None
    help_ = Action(texts("checklist.button.help"), "help", walk.participation)
    if not walk.checklist:
        text = paragraphs(title, texts(f"home.variant.{walk.variant}"), coordinator(walk.trial.contacts, texts))
        return Screen(text, rows=keyboard([other, help_]))
    main = go_on(walk, texts) if walk.window != Window.OVER or walk.finished else None
    all_steps = Action(texts("checklist.button.steps"), "steps", walk.participation)
    return Screen(
        paragraphs(
            "\n".join((title, *window(walk, texts))), progress(walk, texts), waiting(walk, texts), hint(walk, texts)
        ),
        rows=keyboard([main], scan_ways(walk, texts), [other, all_steps, help_]),
    )


def window(walk: Walk, texts: Texts) -> list[str]:
    """The window with the days left, in the college's own days; nothing once the work is done or the time is over."""
    if walk.finished or walk.window == Window.OVER:
        return []
    if walk.window == Window.BEFORE:
        return [texts("home.before", opens=texts.moment(walk.trial.opens_at, walk.trial.zone))]
    if walk.days_left == 0:
        return [texts("home.last_day", closes=texts.moment(walk.trial.closes_at, walk.trial.zone))]
    return [texts.n("home.open", walk.days_left, day=texts.day(walk.trial.closes_at, walk.trial.zone))]


def progress(walk: Walk, texts: Texts) -> str:
    step = walk.current
    if walk.finished_at is not None:
        finished = texts("home.finished", moment=texts.moment(walk.finished_at, walk.trial.zone))
        told = texts("home.told" if walk.coordinator_knows else "home.not_told")
        return f"{finished}\n{kits_line(walk, texts)}\n{told}"
    return f"{where(walk, step, texts)}\n{kits_line(walk, texts)}" if step else kits_line(walk, texts)


def where(walk: Walk, step: Step, texts: Texts) -> str:
    return texts("home.step", number=walk.number(step), total=len(walk.checklist), name=texts(f"step.{step.id}.name"))


def waiting(walk: Walk, texts: Texts) -> str:
    """What the coordinator has still to decide."""
    lines = [texts("home.waiting", what=subject(texts, view)) for view in walk.waiting[:MOST_WAITING]]
    if len(walk.waiting) > MOST_WAITING:
        lines.append(texts.n("home.waiting.more", len(walk.waiting) - MOST_WAITING))
    return "\n".join(lines)


def hint(walk: Walk, texts: Texts) -> str:
    """A hint at the moment when it helps; after the window, whom to ask."""
    if walk.window == Window.OVER and not walk.finished:
        return over(walk, texts)
    return texts("home.ready") if walk.may_finish else ""


def scan_ways(walk: Walk, texts: Texts) -> list[Action | None]:
    """What can be done with scans now."""
    upload = Action(texts("checklist.button.upload"), "upload", walk.participation)
    picture = Action(texts("checklist.button.picture"), "kits_picture", walk.participation)
    takes_scans = walk.window == Window.OPEN and not walk.finished
    return [upload if takes_scans else None, picture if walk.counts.declared is not None else None]
