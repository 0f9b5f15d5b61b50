"""What a coordinator sees: the region's list and a college's page."""

from services.conversation.screen import Action, Screen, Style
from services.kits.state_line import state_line, unseen
from services.reports.college import CollegePage
from services.reports.region import RegionView
from services.reports.standing import CollegeRow, Group
from services.reviews.draft import Draft, Subject
from services.reviews.screens.frame import subject
from services.submissions.phrases import MOST_LISTED, kind_of_problem, listed, missing_of
from services.texts import Texts

LONGEST_NAME = 90
LONGEST_LABEL = 28
EVERY = "all"
MOST_PROBLEMS = 5


def region(texts: Texts, view: RegionView) -> Screen:
    """The list: counts first, then the colleges of this page, attention on top; the counts are filters."""
    lines = [line(texts, view, row) for row in view.rows] or [texts("coordinator.empty")]
    parts = (heading(texts, view), counts(texts, view), "", *lines)
    colleges = tuple((open_button(texts, view, row),) for row in view.rows)
    return Screen(
        text="\n".join(parts), rows=tuple(row for row in (*filters(texts, view), *colleges, foot(texts, view)) if row)
    )


def heading(texts: Texts, view: RegionView) -> str:
    return texts.html(
        "coordinator.heading", region=view.region, event=view.event, moment=texts.moment(view.now, view.zone)
    )


def counts(texts: Texts, view: RegionView) -> str:
    """How many colleges stand where."""
    found = {group.value: view.counts[group] for group in Group}
    return texts.n("coordinator.counts", view.counts.total(), **found)


def line(texts: Texts, view: RegionView, row: CollegeRow) -> str:
    """One college in one line: state, kits, step, and why it needs attention; of one that has not begun, just that."""
    new = row.group(view.now) == Group.NEW
    facts = [texts("coordinator.new") if new else kits_of(texts, row)]
    if not new and row.participation_id in view.steps and row.finished_at is None:
        step, steps = view.steps[row.participation_id]
        facts.append(texts("coordinator.step", step=step, steps=steps))
    if row.finished_at is not None:
        facts.append(texts("coordinator.finished", moment=texts.moment(row.finished_at, view.zone)))
    if reason := row.reason(view.now):
        number = {
            "two_sheets": row.two_sheets,
            "asked": row.asked,
            "surplus": row.surplus,
            "bad_pages": row.bad_pages,
            "other_college": row.other_college,
        }
        facts.append(texts.n(f"coordinator.reason.{reason}", number.get(reason, 0)))
    group = texts(f"coordinator.mark.{row.group(view.now)}")
    return texts.html("coordinator.line", mark=group, name=row.name[:LONGEST_NAME], facts=", ".join(facts))


def kits_of(texts: Texts, row: CollegeRow) -> str:
    if row.declared is None:
        return texts("coordinator.kits.undeclared")
    return texts.n("coordinator.kits", row.declared, complete=row.complete)


def open_button(texts: Texts, view: RegionView, row: CollegeRow) -> Action:
    """A college's name on its button, with its mark and its count."""
    mark = texts(f"coordinator.mark.{row.group(view.now)}")
    name = row.name if len(row.name) <= LONGEST_LABEL else row.name[: LONGEST_LABEL - 1] + "…"
    count = f" · {row.complete}/{row.declared}" if row.declared else ""
    return Action(f"{mark} {name}{count}", "college", row.participation_id)


def filters(texts: Texts, view: RegionView) -> tuple[tuple[Action, ...], ...]:
    """Each count is a button that shows only those; a group that nobody is in has none."""
    every = Action(texts("coordinator.filter.all", n=view.counts.total()), "region", 0, place(view, None, 0))
    groups = [
        Action(texts(f"coordinator.filter.{group}", n=view.counts[group]), "region", 0, place(view, group, 0))
        for group in Group
        if view.counts[group]
    ]
    if len(groups) < 2:
        return ()
    buttons = (every, *groups)
    return (buttons[:3], buttons[3:])


def place(view: RegionView, group: Group | None, page: int) -> str:
    """A place in the list as a button's argument."""
    return f"{view.region_id}.{group or EVERY}.{page}"


def foot(texts: Texts, view: RegionView) -> tuple[Action, ...]:
    """The pager where there is more than one page, and a refresh."""
    here = place(view, view.group, view.page)
    refresh = Action(texts("coordinator.button.refresh"), "region", 0, here, Style.MAIN)
    if view.pages == 1:
        return (refresh,)
    back, on = max(view.page - 1, 0), min(view.page + 1, view.pages - 1)
    return (
        Action("←", "region", 0, place(view, view.group, back)),
        Action(texts("coordinator.pager", page=view.page + 1, pages=view.pages), "region", 0, here),
        Action("→", "region", 0, place(view, view.group, on)),
        refresh,
    )


def parse_place(argument: str) -> tuple[int, Group | None, int]:
    """Region, group and page of a button's argument; a forged one leads to region 0, which nobody watches."""
    region_id, _, rest = argument.partition(".")
    group, _, page = rest.partition(".")
    return whole(region_id), Group(group) if group in set(Group) else None, whole(page)


def whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def college(texts: Texts, page: CollegePage) -> Screen:
    """A college's page: where it stands, its kits, what was wrong, and when it last did something."""
    view, walk = page.view, page.walk
    parts = [
        texts.html("coordinator.college.title", name=view.organisation.name[:LONGEST_NAME]),
        texts.html("coordinator.college.event", event=view.event.title, variant=view.participation.variant),
        standing(texts, page),
        waiting(texts, page),
        state_line(texts, walk.counts),
        lacking(texts, page),
        unseen(texts, walk.counts),
        problems(texts, page),
        texts.n("coordinator.college.tickets", page.tickets) if page.tickets else "",
        last_deed(texts, page),
    ]
    return Screen(text="\n".join(part for part in parts if part), rows=college_rows(texts, page))


def college_rows(texts: Texts, page: CollegePage) -> tuple[tuple[Action, ...], ...]:
    """What waits for a decision first; then what a coordinator may change here, and the ways on."""
    own, up = page.view.participation.id, f"{page.view.region.id}"
    waiting = Action(
        texts("coordinator.button.waiting", n=len(page.waiting)), "reviews", own, "open.0", style=Style.MAIN
    )
    picture = Action(
        texts("coordinator.button.picture"), "kits_picture", own, style=Style.PLAIN if page.waiting else Style.MAIN
    )
    decisions = Action(texts("coordinator.button.decisions", n=page.decisions), "reviews", own, "decided.0")
    last = (
        Action(texts("coordinator.button.refresh"), "college", own),
        Action(texts("coordinator.button.region"), "region", 0, up),
    )
    top = (waiting,) if page.waiting else ()
    rows = (top, (picture, decisions) if page.decisions else (picture,), *changes(texts, page), last)
    return tuple(row for row in rows if row)


def changes(texts: Texts, page: CollegePage) -> tuple[tuple[Action, ...], ...]:
    """A finished college can only be opened again, and that until the event closes."""
    own = page.view.participation.id
    if page.walk.finished:
        again = Action(texts("review.button.reopen"), "why", own, Draft(Subject.REOPEN).pack())
        return ((again,),) if page.now < page.view.event.closes_at else ()
    kits = Action(texts("coordinator.button.kits"), "kits_here", own)
    number = Action(texts("coordinator.button.number"), "number", own)
    file = Action(texts("coordinator.button.print_file"), "print_file", own)
    return ((kits, number), (file,))


def waiting(texts: Texts, page: CollegePage) -> str:
    """The questions that wait, in words."""
    if not page.waiting:
        return ""
    lines = [texts("coordinator.college.wait_for", what=subject(texts, view)) for view in page.waiting[:MOST_PROBLEMS]]
    return "\n".join([texts.n("coordinator.college.waiting", len(page.waiting)), *lines])


def standing(texts: Texts, page: CollegePage) -> str:
    """The step the college is at and how many are done, or that it has finished."""
    walk, zone = page.walk, page.view.region.time_zone
    if walk.finished_at is not None:
        return texts("coordinator.college.finished", moment=texts.moment(walk.finished_at, zone))
    if not walk.checklist:
        return texts("coordinator.college.not_walked")
    done = texts("coordinator.college.done", done=len(walk.done), steps=len(walk.checklist))
    if walk.current is None:
        return done
    title = texts(f"step.{walk.current.id}.title")
    return done + "\n" + texts("coordinator.college.step", step=walk.number(walk.current), title=title)


def lacking(texts: Texts, page: CollegePage) -> str:
    kits = page.walk.counts.lacking
    lines = [missing_of(texts, kit) for kit in kits[:MOST_PROBLEMS]]
    if len(kits) > MOST_PROBLEMS:
        lines.append(texts.n("upload.kits.lacking_more", len(kits) - MOST_PROBLEMS))
    if page.walk.counts.surplus:
        lines.append(
            texts.html("coordinator.college.surplus", kits=listed(texts, page.walk.counts.surplus, MOST_LISTED))
        )
    return "\n".join(lines)


def problems(texts: Texts, page: CollegePage) -> str:
    """Faults met so far, the most frequent first."""
    if not page.problems:
        return ""
    lines = [
        texts.n("notice.completed.problem", one.pages, title=kind_of_problem(texts, one.code, one.detail))
        for one in page.problems[:MOST_PROBLEMS]
    ]
    return "\n".join([texts("coordinator.college.problems"), *lines])


def last_deed(texts: Texts, page: CollegePage) -> str:
    zone = page.view.region.time_zone
    if page.row.last_at is None:
        return texts("coordinator.college.no_deed")
    return texts("coordinator.college.last", moment=texts.moment(page.row.last_at, zone))
