"""Walks in every state, for tests of rules and screens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.checklists.variants import checklist_of
from services.checklists.variants.variant2 import VARIANT_2
from services.checklists.walk import Handout, Told, Trial, Walk
from services.events.contacts import Contacts
from services.kits.counts import KitCounts

NOW = datetime(2026, 8, 27, 7, 32, tzinfo=UTC)
LONG_NAME = "Государственное бюджетное профессиональное образовательное учреждение колледж № 7 города Н"
HOSTILE_NAME = '<b>Колледж & "связи" № 7</b> {n} %s'
BY_HAND = tuple(step.id for step in VARIANT_2 if step.by_hand)
CONTACTS = Contacts("help@example.org", "https://help.example.org", "Ирина <b>& Ко", ("+7 383 000-00-00",))
ALL_YES = {step.id: {"answers": {item.id: "yes" for item in step.items}} for step in VARIANT_2 if step.items}
LACKING = {step.id: {"answers": {item.id: "no" for item in step.items}} for step in VARIANT_2 if step.items}


def trial(**changes: Any) -> Trial:
    usual = Trial(
        title="Апробация, август 2026",
        opens_at=NOW - timedelta(days=4),
        closes_at=datetime(2026, 8, 29, 16, 59, 59, tzinfo=UTC),
        zone="Asia/Novosibirsk",
        suggested=10,
        contacts=CONTACTS,
    )
    return replace(usual, **changes)


def walk(done: int = 0, complete: int = 0, declared: int | None = None, variant: int = 2, **changes: Any) -> Walk:
    """A walk with the first `done` hand-marked steps marked."""
    usual = Walk(
        participation=2**40,
        college="Колледж связи № 7",
        variant=variant,
        trial=trial(),
        now=NOW,
        counts=KitCounts(declared, complete),
        checklist=checklist_of(variant) or (),
        marked=frozenset(BY_HAND[:done]),
    )
    return replace(usual, **changes)


def handouts(number: int) -> tuple[Handout, ...]:
    return tuple(Handout(f"key{n}", f"Файл <b>& № {n}", f"{n}.pdf", "a" * 64, own=n % 2 == 0) for n in range(number))


def told(*kinds: str) -> tuple[Told, ...]:
    made = {
        "delivered": Told("Ирина <b>&", delivered_at=NOW),
        "pending": Told("", None, None),
        "failed": Told("Пётр", None, "blocked"),
    }
    return tuple(made[kind] for kind in kinds)


def finished(**changes: Any) -> Walk:
    return walk(len(BY_HAND), 10, 10, finished_at=NOW, **changes)


BEFORE = {"trial": trial(opens_at=NOW + timedelta(hours=3))}
OVER = {"trial": trial(closes_at=NOW - timedelta(hours=1))}
LAST_DAY = {"trial": trial(closes_at=NOW + timedelta(hours=1))}

STATES: dict[str, Walk] = {
    "new": walk(),
    "long_name": walk(3, college=LONG_NAME * 3),
    "hostile_name": walk(3, college=HOSTILE_NAME, trial=trial(title="<i>&")),
    "no_contacts": walk(3, trial=trial(contacts=Contacts())),
    "before": walk(2, **BEFORE),
    "before_declared": walk(6, 0, 10, **BEFORE),
    "over": walk(6, 3, 10, **OVER),
    "over_new": walk(**OVER),
    "last_day": walk(2, **LAST_DAY),
    "check_begun": walk(3, evidence={"workstation": {"answers": {"windows": "yes", "cpu": "no"}}}),
    "check_lacking": walk(3, evidence=LACKING),
    "check_all": walk(4, evidence=ALL_YES),
    "materials_sent": walk(1, evidence={"download": {"sent": ["key0"], "times": 1}}, handouts=handouts(1)),
    "declared": walk(6, 0, 10),
    "pages_counted": walk(7, 0, 10, pages_counted=True),
    "all_there": walk(7, 10, 10, pages_counted=True),
    "all_there_unmarked": walk(0, 10, 10, pages_counted=True),
    "all_there_over": walk(7, 10, 10, pages_counted=True, **OVER),
    "finished_nobody": finished(),
    "finished_pending": finished(told=told("pending")),
    "finished_delivered": finished(told=told("failed", "delivered")),
    "finished_failed": finished(told=told("failed", "failed")),
    "finished_reported": finished(told=told("failed"), reported_self=True),
    "finished_over": finished(told=told("failed"), **OVER),
    **{f"handouts_{n}": walk(1, handouts=handouts(n)) for n in (0, 1, 2, 5, 21)},
    **{f"kits_{n}_of_21": walk(7, n, 21, pages_counted=n > 0) for n in (0, 1, 2, 5, 20, 21)},
    **{f"variant_{n}": walk(variant=n) for n in (1, 3, 4)},
    **{f"step_{n}": walk(n, 0, 10 if n > 6 else None) for n in range(len(BY_HAND) + 1)},
}
