"""A ticket as its screens need it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.checklists.walk import Walk
from services.tickets.models import Side, TicketState


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ticket is about, as far as the machine knows: a step by its id, a kit and its page, a file by its name."""

    step: str = ""
    kit: str = ""
    page: int | None = None
    file: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Subject":
        """Of what the ticket's row keeps; keys that only machines read are left out."""
        return cls(
            step=str(kept.get("step") or ""),
            kit=str(kept.get("kit") or ""),
            page=kept["page"] if isinstance(kept.get("page"), int) else None,
            file=str(kept.get("file") or ""),
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A message. `name` is the speaker's, empty for the product; `text` is plain: other people's words."""

    id: int
    side: Side
    name: str
    text: str
    at: datetime
    attachment: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with its messages, oldest first. `walk` is where its college stands; None where it is about no college.

    `answered_by` names who of support has spoken last.
    """

    number: int
    state: TicketState
    reason: str
    subject: Subject
    person: str
    opened_at: datetime
    walk: Walk | None = None
    messages: tuple[Said, ...] = ()

    @property
    def closed(self) -> bool:
        return self.state == TicketState.CLOSED

    @property
    def zone(self) -> str:
        """The time zone of the college; Moscow's where there is none."""
        return self.walk.trial.zone if self.walk else "Europe/Moscow"

    @property
    def answered_by(self) -> str:
        return next((said.name for said in reversed(self.messages) if said.side == Side.SUPPORT), "")
