"""How long things are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """Days after an event's window has closed; the operator's setting, and what people are promised."""

    keep_days: int = 180

    def cutoff(self, now: datetime) -> datetime:
        """What closed before this moment is erased."""
        return now - timedelta(days=self.keep_days)
