"""Who has come in by a link."""

from dataclasses import dataclass

from services.accounts.models import Person
from services.events.queries import ParticipationView
from services.submissions.origin import Origin
from services.uploads.link import Grant


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the upload page of a college, by their link."""

    person: Person
    college: ParticipationView
    grant: Grant

    @property
    def participation_id(self) -> int:
        return self.college.participation.id

    def origin(self, upload_id: int) -> Origin:
        """Where an upload comes from, and which chat hears of it."""
        return Origin(self.grant.bot_id, self.grant.chat_id, upload_id)
