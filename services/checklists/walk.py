"""How far a college has come on its checklist: all that its screens are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.checklists import rules
from services.checklists.rules import Standing
from services.checklists.step import Checklist, Kind, Step
from services.events.contacts import Contacts
from services.events.rules import Window, days_left, window_at
from services.kits.counts import KitCounts
from services.reviews.queries import ReviewView


@dataclass(frozen=True, slots=True)
class Handout:
    """A file that the bot gives to this college. `own` marks one that no other college may get, such as its kits."""

    key: str
    title: str
    file_name: str
    file_hash: str
    own: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One coordinator and whether the notice of this finish has reached them."""

    name: str
    delivered_at: datetime | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """The event as one college sees it, in the college's own time zone."""

    title: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    suggested: int
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class Walk:
    """A college's trial as it stands. `checklist` is empty where this version does not walk the college's variant.

    `evidence` is what people answered, by step. `pages_counted` says whether N is fixed. `waiting` are
    the questions that the coordinator has not decided yet.
    """

    participation: int
    college: str
    variant: int
    trial: Trial
    now: datetime
    counts: KitCounts
    checklist: Checklist = ()
    marked: frozenset[str] = frozenset()
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    handouts: tuple[Handout, ...] = ()
    told: tuple[Told, ...] = ()
    reported_self: bool = False
    finished_at: datetime | None = None
    pages_counted: bool = False
    waiting: tuple[ReviewView, ...] = ()

    @property
    def finished(self) -> bool:
        return self.finished_at is not None

    @property
    def window(self) -> Window:
        return window_at(self.now, self.trial.opens_at, self.trial.closes_at)

    @property
    def days_left(self) -> int:
        return days_left(self.now, self.trial.closes_at, self.trial.zone)

    @property
    def coordinator_knows(self) -> bool:
        return self.reported_self or any(told.delivered_at for told in self.told)

    @property
    def done(self) -> frozenset[str]:
        return rules.done_steps(
            self.checklist, self.marked, self.counts, finished=self.finished, told=self.coordinator_knows
        )

    @property
    def current(self) -> Step | None:
        return rules.current_step(self.checklist, self.done, self.counts)

    @property
    def may_finish(self) -> bool:
        """At N of N, once, and inside the window."""
        return rules.may_finish(self.counts, finished=self.finished) and self.window == Window.OPEN

    @property
    def declared_or_suggested(self) -> int:
        return self.counts.declared or self.trial.suggested

    def step(self, step_id: str) -> Step | None:
        """A step by its id; None for an id that no step has, such as a forged button's."""
        return next((step for step in self.checklist if step.id == step_id), None)

    def step_of(self, kind: Kind) -> Step | None:
        return next((step for step in self.checklist if step.kind == kind), None)

    def number(self, step: Step) -> int:
        """A step's number as the Order counts, from 1."""
        return self.checklist.index(step) + 1

    def standing(self, step: Step) -> Standing:
        return rules.standing(self.checklist, step, self.done, self.counts)

    def before(self, step: Step) -> Step | None:
        """The step before this one; None for the first."""
        place = self.checklist.index(step)
        return self.checklist[place - 1] if place else None

    def answers(self, step: Step) -> Mapping[str, str]:
        """The answers of a self-check, item by item: `yes` or `no`."""
        answers = self.evidence.get(step.id, {}).get("answers", {})
        return answers if isinstance(answers, Mapping) else {}
