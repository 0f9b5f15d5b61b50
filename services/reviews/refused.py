"""When nothing can be decided, and what to do instead."""

from datetime import datetime

from services.conversation.refusal import Refusal
from services.conversation.screen import Action
from services.events.models import Event, Participation
from services.reviews.draft import Draft, Subject
from services.reviews.models import ReviewKind


def require_possible(
    kind: ReviewKind, participation: Participation, event: Event, now: datetime, draft: Draft | None = None
) -> None:
    """A finished college stays as it is until it is reopened, and that is possible until the event closes. A number
    that stands already is not decided anew. Raises Refusal.
    """
    way_out = Action("review.button.college", "college", participation.id)
    if kind == ReviewKind.REOPEN:
        if participation.finished_at is None:
            raise Refusal("review.refused.not_finished", way_out)
        if now >= event.closes_at:
            raise Refusal("review.refused.closed", way_out)
    elif participation.finished_at is not None:
        again = Action("review.button.reopen", "why", participation.id, Draft(Subject.REOPEN).pack())
        raise Refusal("review.refused.finished", None if kind == ReviewKind.KIT_ASIDE else again)
    if draft is not None and draft.subject == Subject.NUMBER and draft.id == participation.declared:
        raise Refusal("review.refused.same_number", way_out, number=draft.id)
