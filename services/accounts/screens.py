"""Screens of coming in and of choosing where to go: pure functions."""

import re

from services.accounts.go_home import Home, OwnCollege, WatchedRegion
from services.accounts.models import Role
from services.accounts.redeem_invite import NotLetIn
from services.checklists.screens.frame import go_on, paragraphs
from services.checklists.screens.home import home as college_home
from services.checklists.walk import Walk
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts

A_PAGE = 6
LONGEST_LABEL = 40

Place = OwnCollege | WatchedRegion


def stranger(texts: Texts) -> Screen:
    """Somebody without an invite: what this bot is for, and whom to ask for a link."""
    return Screen(texts("accounts.stranger"))


def not_let_in(why: NotLetIn, texts: Texts, *, known: bool) -> Screen:
    """The link does not work: why, as far as it may be told, and what to do. Those who are in already get home."""
    rows = ((Action(texts("button.home"), "home", style=Style.MAIN),),) if known else ()
    return Screen(texts(f"accounts.not_let_in.{why.value}"), rows=rows)


def home(found: Home, texts: Texts) -> Screen:
    """A person's home: their college, the choice of all they may open, or their regions."""
    if found.walk is not None:
        return college_home(found.walk, texts, several=len(places(found)) > 1)
    if found.colleges or len(found.regions) > A_PAGE:
        return choice(found, texts)
    return without_college(found, texts)


def without_college(found: Home, texts: Texts) -> Screen:
    """The home of those who watch or serve; of those whose role was taken away, whom to ask."""
    if found.regions:
        style = Style.MAIN if len(found.regions) == 1 else Style.PLAIN
        rows = tuple((place_button(region, texts, style),) for region in found.regions)
        return Screen(watcher(found, texts), rows=rows)
    for role in (Role.ADMINISTRATOR, Role.SUPPORT, Role.CENTRE_OPERATOR, Role.TECHNICIAN):
        if role in found.roles:
            help_ = Action(texts("checklist.button.help"), "help")
            return Screen(texts(f"accounts.home.{role.value}"), rows=((help_,),))
    return Screen(texts("accounts.no_role"))


def places(found: Home) -> tuple[Place, ...]:
    """All that a person may open: the colleges they work for, then the regions they watch."""
    return (*found.colleges, *found.regions)


def watcher(found: Home, texts: Texts) -> str:
    """Notices come to coordinators only: an administrator is not promised any."""
    if Role.COORDINATOR in found.roles or Role.ADMINISTRATOR not in found.roles:
        return paragraphs(texts("accounts.watcher"), texts("accounts.watcher.text"))
    return texts("accounts.watcher.administrator")


def choice(found: Home, texts: Texts, page: int = 0) -> Screen:
    """Which of the person's places, a page at a time."""
    all_places = places(found)
    pages = max(1, -(-len(all_places) // A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = all_places[page * A_PAGE : (page + 1) * A_PAGE]
    title = texts("accounts.choose" if found.colleges else "accounts.choose.region")
    text = paragraphs(title, "\n".join(place_line(place, texts) for place in shown))
    rows = [(place_button(place, texts),) for place in shown]
    pager = pager_row(page, pages, texts)
    return Screen(text, rows=(*rows, pager) if pager else tuple(rows))


def place_button(place: Place, texts: Texts, style: Style = Style.PLAIN) -> Action:
    if isinstance(place, OwnCollege):
        return Action(label(place.name), "home", place.participation, style=style)
    return Action(label(texts("accounts.button.region", name=place.name)), "region", 0, str(place.id), style)


def place_line(place: Place, texts: Texts) -> str:
    if isinstance(place, OwnCollege):
        key = "accounts.college.finished" if place.finished else "accounts.college"
        return texts.html(key, name=place.name, event=place.event)
    return texts.html("accounts.region", name=place.name)


def pager_row(page: int, pages: int, texts: Texts, name: str = "choose") -> tuple[Action, ...]:
    """Only where there is more than one page; the ends keep the row's width."""
    if pages == 1:
        return ()
    before, after = str(max(page - 1, 0)), str(min(page + 1, pages - 1))
    return (
        Action(texts("accounts.button.before"), name, 0, before),
        Action(texts("accounts.button.page", page=page + 1, pages=pages), name, 0, str(page)),
        Action(texts("accounts.button.after"), name, 0, after),
    )


def welcome(walk: Walk, texts: Texts) -> Screen:
    """The first words to a technician: which college, what lies ahead, until when."""
    if not walk.checklist:
        return college_home(walk, texts)
    text = paragraphs(
        texts("accounts.welcome"),
        texts.html(
            "accounts.welcome.college",
            college=walk.college,
            event=walk.trial.title,
            steps=texts.n("count.steps", len(walk.checklist)),
            kits=texts.n("count.kits", walk.declared_or_suggested),
            closes=texts.moment(walk.trial.closes_at, walk.trial.zone),
        ),
        texts("accounts.welcome.text"),
    )
    main = go_on(walk, texts)
    other = Action(texts("accounts.button.not_mine"), "not_mine", walk.participation)
    home_ = Action(texts("button.home"), "home", walk.participation)
    return Screen(text, rows=((main,), (other, home_)) if main else ((other, home_),))


def help_without_college(texts: Texts, *, supports: bool = False) -> Screen:
    """Help for those who watch: what the bot does, the way to support, and the way home. Support is told how to
    answer: it is nobody else's to ask.
    """
    if supports:
        desk = Action(texts("accounts.button.desk"), "desk", style=Style.MAIN)
        return Screen(texts("accounts.help.support"), rows=((desk,), (Action(texts("button.home"), "home"),)))
    ask = Action(texts("ticket.button.ask"), "ticket", style=Style.MAIN)
    privacy = Action(texts("consent.button.read"), "privacy")
    return Screen(texts("accounts.help"), rows=((ask,), (privacy, Action(texts("button.home"), "home"))))


def page_of(argument: str) -> int:
    """The page of a pager's button; the first for a forged one."""
    return int(argument) if re.fullmatch(r"[0-9]{1,4}", argument, re.ASCII) else 0


def label(name: str) -> str:
    """A name short enough for a button; the text above has it in full."""
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
