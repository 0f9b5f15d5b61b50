"""Pure rules of a checklist: which step opens when, what may be marked, when the trial may be finished."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from services.checklists.step import CheckItem, Checklist, Kind, Step
from services.kits.counts import KitCounts

YES = "yes"
NO = "no"


class Standing(StrEnum):
    """Where a step stands. `later`: something before it is not done yet."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


def done_steps(
    checklist: Checklist, marked: Collection[str], counts: KitCounts, *, finished: bool, told: bool
) -> frozenset[str]:
    """All steps that are done: those a person marked, and those that the data itself proves.

    The mark of a step that is not a person's word counts for nothing: N of N is scanned only when the ledger says so.
    """
    proved = {
        Kind.PARTICIPANTS: counts.declared is not None,
        Kind.SCAN: counts.all_there or finished,
        Kind.FINISH: finished,
        Kind.NOTICE: finished and told,
    }
    return frozenset(step.id for step in checklist if (step.id in marked if step.by_hand else proved[step.kind]))


def current_step(checklist: Checklist, done: Collection[str], counts: KitCounts) -> Step | None:
    """What to do next: the first step that is not done.

    When N of N are scanned the next is to finish, whatever was left unmarked: the Order asks for the work, not for our
    marks. None when all is done.
    """
    scanned = [step for step in checklist if step.kind in (Kind.FINISH, Kind.NOTICE) and step.id not in done]
    if scan_is_done(checklist, done) and counts.all_there:
        return scanned[0] if scanned else None
    return next((step for step in checklist if step.id not in done), None)


def scan_is_done(checklist: Checklist, done: Collection[str]) -> bool:
    return all(step.id in done for step in checklist if step.kind == Kind.SCAN)


def standing(checklist: Checklist, step: Step, done: Collection[str], counts: KitCounts) -> Standing:
    """Where a step stands. Scanning is open as soon as N is declared: scans are taken at any time after that."""
    if step.id in done:
        return Standing.DONE
    if step == current_step(checklist, done, counts) or not blockers(checklist, step, done):
        return Standing.NOW
    if step.kind == Kind.SCAN and counts.declared is not None:
        return Standing.NOW
    return Standing.LATER


def blockers(checklist: Checklist, step: Step, done: Collection[str]) -> Checklist:
    """The steps before this one that are not done."""
    return tuple(before for before in checklist[: checklist.index(step)] if before.id not in done)


def may_mark(checklist: Checklist, step: Step, done: Collection[str], counts: KitCounts, *, finished: bool) -> bool:
    """A step is marked by hand when its turn has come, and not after the finish."""
    return step.by_hand and not finished and standing(checklist, step, done, counts) == Standing.NOW


def may_undo(step: Step, done: Collection[str], *, finished: bool) -> bool:
    """A mark can be taken back until the trial is finished."""
    return step.by_hand and step.id in done and not finished


def may_finish(counts: KitCounts, *, finished: bool) -> bool:
    """At N of N and only then (the Order, 2.2, step 11: with fewer kits it is inadmissible)."""
    return counts.all_there and not finished


def may_change_participants(declared: int | None, *, pages_counted: bool, finished: bool) -> bool:
    """N is free until the first page counts for it; a first N may be said at any time before the finish."""
    return not finished and (declared is None or not pages_counted)


def unanswered(step: Step, answers: Mapping[str, str]) -> tuple[CheckItem, ...]:
    """The items of a self-check still to be answered, in their order."""
    return tuple(item for item in step.items if answers.get(item.id) not in (YES, NO))


def lacking(step: Step, answers: Mapping[str, str]) -> tuple[CheckItem, ...]:
    """The minimums answered with "no"."""
    return tuple(item for item in step.items if item.required and answers.get(item.id) == NO)
