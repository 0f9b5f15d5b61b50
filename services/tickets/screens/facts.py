"""What a ticket is about, in words: its number and reason, its subject, and where its college stands."""

from dataclasses import replace

from services.checklists.step import Step
from services.checklists.walk import Walk
from services.texts import Texts
from services.tickets.models import Side
from services.tickets.view import Subject, TicketView


def title(texts: Texts, view: TicketView) -> str:
    """`Обращение № 131: двойная печать`, bold."""
    return texts("ticket.title", number=view.number, reason=reason(texts, view.reason))


def reason(texts: Texts, code: str) -> str:
    """A reason that the catalogue does not know still gets a sane word."""
    key = f"ticket.reason.{code}"
    return texts(key if texts.has(key) else "ticket.reason.other")


def known(texts: Texts, view: TicketView) -> str:
    """All that support need not ask."""
    here = view.walk is not None and view.walk.current is not None and view.walk.current.id == view.subject.step
    subject = replace(view.subject, step="") if here else view.subject
    lines = (*college(texts, view), about(texts, subject), texts.html(asked_by(view), name=view.person))
    return "\n".join(line for line in lines if line)


def asked_by(view: TicketView) -> str:
    """Who speaks: of an alarm's ticket the product, and the person is who it is about."""
    of_product = bool(view.messages) and view.messages[0].side == Side.PRODUCT
    return "ticket.asked_by.product" if of_product else "ticket.asked_by"


def college(texts: Texts, view: TicketView) -> tuple[str, ...]:
    walk = view.walk
    if walk is None:
        return ()
    step = walk.current
    stands = at_step(texts, walk, step) if step else ""
    counted = walk.counts.declared is not None
    kits = texts("ticket.kits", complete=walk.counts.complete, declared=walk.counts.declared) if counted else ""
    return (
        texts.html("ticket.college", college=walk.college, variant=walk.variant),
        texts.html("ticket.event", event=walk.trial.title),
        ", ".join(part for part in (stands, kits) if part),
    )


def at_step(texts: Texts, walk: Walk, step: Step) -> str:
    name = texts(f"step.{step.id}.name")
    return texts("ticket.at_step", number=walk.number(step), total=len(walk.checklist), name=name)


def about(texts: Texts, subject: Subject) -> str:
    """The subject in one line; empty where the question is about nothing in particular."""
    parts = (step_name(texts, subject.step), sheet(texts, subject), file_name(texts, subject.file))
    return "; ".join(part for part in parts if part)


def step_name(texts: Texts, step: str) -> str:
    key = f"step.{step}.name"
    return texts("ticket.about.step", name=texts(key)) if step and texts.has(key) else ""


def sheet(texts: Texts, subject: Subject) -> str:
    if subject.kit and subject.page is not None:
        return texts.html("ticket.about.sheet", kit=subject.kit, page=subject.page)
    return texts.html("ticket.about.kit", kit=subject.kit) if subject.kit else ""


def file_name(texts: Texts, name: str) -> str:
    return texts.html("ticket.about.file", file=name[:60]) if name else ""
