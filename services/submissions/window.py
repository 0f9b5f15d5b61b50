"""When scans are taken: inside the event's window, until the college has finished."""

from datetime import datetime

from services.conversation.refusal import Refusal
from services.events.models import Participation, ParticipationState
from services.events.queries import ParticipationView
from services.texts import Texts


def require_open(participation: Participation, college: ParticipationView, now: datetime, texts: Texts) -> None:
    """Raises Refusal with what to do instead."""
    event, zone = college.event, college.region.time_zone
    if participation.state == ParticipationState.FINISHED:
        raise Refusal("upload.refused.finished", organisation=college.organisation.name)
    if now < event.opens_at:
        raise Refusal("upload.refused.early", event=event.title, opens=texts.moment(event.opens_at, zone))
    if now >= event.closes_at:
        raise Refusal("upload.refused.late", event=event.title, closed=texts.moment(event.closes_at, zone))
