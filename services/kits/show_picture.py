"""Shows the state of a college's kits as a picture."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.access import Access, Deed
from services.accounts.models import Person
from services.conversation.screen import Action, Attachment, Screen, Style
from services.db.clock import Clock
from services.events.queries import ParticipationView, participation_view
from services.files.remember import remember_stored
from services.files.store import FileStore
from services.kits.cells import cells_of, legend_of
from services.kits.counts import KitCounts
from services.kits.grid import Grid, draw_grid
from services.kits.queries import kit_counts
from services.kits.state_line import state_line
from services.texts import Texts

PICTURE_TYPE = "image/png"


class ShowPicture:
    """Draws the ledger as it stands now. Raises Forbidden for people who may not see the college."""

    def __init__(self, session: AsyncSession, clock: Clock, store: FileStore) -> None:
        self.session = session
        self.clock = clock
        self.store = store

    async def __call__(self, person: Person | None, participation_id: int, texts: Texts) -> Screen:
        view = await participation_view(self.session, participation_id)
        access = Access(self.session)
        await access.require(person, Deed.SEE, view.participation)
        counts = await kit_counts(self.session, view.participation)
        if not cells_of(texts, counts):
            return empty(texts, view)
        drawn = await asyncio.to_thread(draw_grid, self.grid(texts, view, counts))
        stored = await self.store.put(drawn)
        await remember_stored(self.session, self.clock, stored, PICTURE_TYPE)
        works = await access.may(person, Deed.WORK, view.participation)
        return picture(texts, view, counts, stored.hash, works=works)

    def grid(self, texts: Texts, view: ParticipationView, counts: KitCounts) -> Grid:
        cells = cells_of(texts, counts)
        moment = texts.moment(self.clock.now(), view.region.time_zone)
        return Grid(
            title=title(texts, counts),
            college=view.organisation.name,
            moment=texts("ledger.picture.as_of", moment=moment),
            cells=cells,
            legend=legend_of(texts, cells),
            share=counts.complete / counts.declared if counts.declared else None,
        )


def title(texts: Texts, counts: KitCounts) -> str:
    if counts.declared is None:
        return texts("ledger.picture.title.undeclared", complete=counts.whole)
    return texts("ledger.picture.title.counted", complete=counts.complete, declared=counts.declared)


def picture(texts: Texts, view: ParticipationView, counts: KitCounts, file_hash: str, *, works: bool) -> Screen:
    """The picture with its facts in words; «Завершить» for who works here, at N of N only."""
    place = view.participation.id
    return Screen(
        text=caption(texts, view, counts),
        pictures=(Attachment(file_hash, texts("ledger.file")),),
        rows=(
            (work_button(texts, view, counts) if works else again(texts, place, Style.MAIN),),
            (*surplus(texts, place, counts), again(texts, place), home(texts, place))
            if works
            else (Action(texts("ledger.button.college"), "college", place),),
        ),
    )


def empty(texts: Texts, view: ParticipationView) -> Screen:
    """Nothing to draw: no kit was seen and nobody has declared N."""
    name = texts.html("upload.name", name=view.organisation.name)
    return Screen(
        text=texts("ledger.caption", organisation=name, state=texts("ledger.caption.empty")),
        rows=((home(texts, view.participation.id),),),
    )


def caption(texts: Texts, view: ParticipationView, counts: KitCounts) -> str:
    name = texts.html("upload.name", name=view.organisation.name)
    return texts("ledger.caption", organisation=name, state=state_line(texts, counts))


def work_button(texts: Texts, view: ParticipationView, counts: KitCounts) -> Action:
    place = view.participation.id
    if counts.all_there and view.participation.finished_at is None:
        return Action(texts("ledger.button.finish"), "finish", place, style=Style.GOOD)
    return Action(texts("ledger.button.upload"), "upload", place, style=Style.MAIN)


def surplus(texts: Texts, place: int, counts: KitCounts) -> tuple[Action, ...]:
    """The way to set surplus kits aside, where there are any."""
    return (Action(texts("upload.button.surplus"), "kits_here", place),) if counts.surplus else ()


def again(texts: Texts, place: int, style: Style = Style.PLAIN) -> Action:
    return Action(texts("ledger.button.again"), "kits_picture", place, style=style)


def home(texts: Texts, place: int) -> Action:
    return Action(texts("ledger.button.home"), "home", place)
