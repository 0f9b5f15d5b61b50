"""Shows all bad pages of one batch: the full list behind a summary."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.conversation.refusal import Forbidden
from services.conversation.screen import Action, Screen, Style
from services.events.queries import participation_view
from services.reviews.own_pages import of_batch
from services.submissions.batch_view import PageView
from services.submissions.models import Batch
from services.submissions.phrases import lower_first, problem_text, whereabouts, worst
from services.submissions.queries import batch_view, submissions_of
from services.texts import Texts

A_PAGE = 12
"""Faults on one page of the list."""


class ShowFaults:
    """The bad pages of a batch, worst first. Raises Forbidden for other people's batches and for forged ids."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def __call__(self, person: Person | None, participation_id: int, batch_id: int) -> list[PageView]:
        view = await participation_view(self.session, participation_id)
        await Access(self.session).require(person, Deed.SEE, view.participation)
        batch = await self.session.get(Batch, batch_id)
        if batch is None or batch.participation_id != participation_id:
            raise Forbidden
        return (await batch_view(self.session, batch, await submissions_of(self.session, batch.id))).bad_pages


def faults(texts: Texts, participation_id: int, batch_id: int, pages: Sequence[PageView], shown: int) -> Screen:
    """One page of the list; `shown` counts from 0 and is brought back into the list where it lies outside."""
    last = max(0, (len(pages) - 1) // A_PAGE)
    shown = min(max(shown, 0), last)
    lines = [line(texts, page) for page in pages[shown * A_PAGE : (shown + 1) * A_PAGE]]
    text = "\n".join([texts("upload.faults.title"), *(lines or [texts("upload.faults.none")])])
    rows = (
        pager(texts, participation_id, batch_id, shown, last),
        requests(texts, participation_id, batch_id, pages),
        way_on(texts, participation_id),
    )
    return Screen(text=text, rows=tuple(row for row in rows if row))


def line(texts: Texts, page: PageView) -> str:
    finding = worst(page)
    title = lower_first(problem_text(texts, finding.code, "title", finding.detail))
    where = texts.html("upload.where", name=page.file[:40], pages=page.number)
    return " ".join((texts("upload.faults.line", where=where, title=title), whereabouts(texts, page)))


def pager(texts: Texts, participation_id: int, batch_id: int, shown: int, last: int) -> tuple[Action, ...]:
    if last == 0:
        return ()

    def turn(text: str, to: int) -> Action:
        return Action(text, "bad_pages", participation_id, f"{batch_id}.{min(max(to, 0), last)}")

    here = texts("upload.faults.page", page=shown + 1, pages=last + 1)
    return (turn("←", shown - 1), turn(here, shown), turn("→", shown + 1))


def requests(texts: Texts, participation_id: int, batch_id: int, pages: Sequence[PageView]) -> tuple[Action, ...]:
    """What the coordinator may be asked of these pages."""
    argument = of_batch(batch_id)
    accept = Action(texts("upload.button.accept"), "accept_which", participation_id, argument)
    name = Action(texts("upload.button.name"), "name_page", participation_id, argument)
    found = (
        (any(page.may_be_accepted for page in pages), accept),
        (any(page.may_be_named for page in pages), name),
    )
    return tuple(action for wanted, action in found if wanted)


def way_on(texts: Texts, participation_id: int) -> tuple[Action, ...]:
    return (
        Action(texts("upload.button.upload"), "upload", participation_id, style=Style.MAIN),
        Action(texts("upload.button.home"), "home", participation_id),
    )


def parse_place(argument: str) -> tuple[int, int]:
    """The batch and the page of the list in a button's argument; what is no number is 0: buttons can be forged."""
    batch, _, shown = argument.partition(".")
    return whole(batch), whole(shown)


def whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
