"""The technician's home: where the college stands and what comes next."""

from services.checklists.screens.frame import coordinator, go_on, kits_line, over, paragraphs
from services.checklists.step import Step
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen
from services.events.rules import Window
from services.texts import Texts


def home(walk: Walk, texts: Texts, *, several: bool = False) -> Screen:
    """`several`: the person works for more colleges and may change over."""
    title = texts.html("home.title", college=walk.college, event=walk.trial.title, variant=walk.variant)
    other = (Action(texts("home.button.other"), "choose"),) if several else ()
    help_ = (Action(texts("checklist.button.help"), "help", walk.participation),)
    if not walk.checklist:
        text = paragraphs(title, texts(f"home.variant.{walk.variant}"), coordinator(walk.trial.contacts, texts))
        return Screen(text, rows=((*other, *help_),))
    main = go_on(walk, texts) if walk.window != Window.OVER or walk.finished else None
    rows = [(main,)] if main else []
    return Screen(
        paragraphs(title + "\n" + window(walk, texts), progress(walk, texts), scans(walk, texts)),
        rows=(*rows, *ways(walk, texts), (*other, *help_)),
    )


def window(walk: Walk, texts: Texts) -> str:
    """The window with the days left, in the college's own days."""
    if walk.window == Window.BEFORE:
        return texts("home.before", opens=texts.moment(walk.trial.opens_at, walk.trial.zone))
    if walk.window == Window.OVER:
        return texts("home.over", closed=texts.moment(walk.trial.closes_at, walk.trial.zone))
    day = texts.day(walk.trial.closes_at, walk.trial.zone)
    if walk.days_left == 0:
        return texts("home.last_day", closes=texts.moment(walk.trial.closes_at, walk.trial.zone))
    return texts.n("home.open", walk.days_left, day=day)


def progress(walk: Walk, texts: Texts) -> str:
    step = walk.current
    if walk.finished_at is not None:
        finished = texts("home.finished", moment=texts.moment(walk.finished_at, walk.trial.zone))
        told = texts("home.told" if walk.coordinator_knows else "home.not_told")
        return f"{finished}\n{kits_line(walk, texts)}\n{told}"
    return f"{where(walk, step, texts)}\n{kits_line(walk, texts)}" if step else kits_line(walk, texts)


def where(walk: Walk, step: Step, texts: Texts) -> str:
    return texts("home.step", number=walk.number(step), total=len(walk.checklist), name=texts(f"step.{step.id}.name"))


def scans(walk: Walk, texts: Texts) -> str:
    """A hint at the moment when it helps; after the window, whom to ask."""
    if walk.window == Window.OVER and not walk.finished:
        return over(walk, texts)
    return texts("home.ready") if walk.may_finish else ""


def ways(walk: Walk, texts: Texts) -> tuple[tuple[Action, ...], ...]:
    """What can be done besides the main thing."""
    place, rows = walk.participation, []
    scans = []
    if walk.window == Window.OPEN and not walk.finished:
        scans.append(Action(texts("checklist.button.upload"), "upload", place))
    if walk.counts.declared is not None:
        scans.append(Action(texts("checklist.button.picture"), "kits_picture", place))
    if scans:
        rows.append(tuple(scans))
    rows.append((Action(texts("checklist.button.steps"), "steps", place),))
    return tuple(rows)
