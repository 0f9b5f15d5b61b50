"""A file as it is announced, and what a person is answered at once."""

from dataclasses import dataclass, field

from services.events.queries import ParticipationView
from services.files.store import StoredFile
from services.submissions.origin import Origin

LARGEST = 20 << 20
"""Bytes; what a bot may fetch from Telegram's cloud."""


@dataclass(frozen=True, slots=True)
class ChatLimit:
    """The largest file that comes through the chat, in bytes: the cloud's, or ours where a server of one's own hands
    over files of any size.
    """

    largest: int = LARGEST


OF_THE_CLOUD = ChatLimit()

AT_ONCE = "at_once"
"""Marks the detail of a refusal that a person was told of before any download: the summary is silent about it."""

CHAT = "chat"
"""The source of a submission that came through a messenger."""

WEB = "web"
"""The source of one that came through the upload page."""

DOCUMENT = "document"
PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as the messenger announces it; `kind` is `document` or `photo`, `size` is in bytes where it is told.

    One from the upload page is `stored` already, with its `media_type`: nothing is to be fetched.
    """

    origin: Origin
    remote_id: str
    kind: str
    name: str | None
    size: int | None
    source: str = CHAT
    stored: StoredFile | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """The file is noted; what becomes of it is told later."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The file is larger than the messenger hands over; it is noted as refused."""

    name: str
    size: int
    participation_id: int
    limit: int = LARGEST


@dataclass(frozen=True, slots=True)
class WhichCollege:
    """The person sends scans for several colleges and has chosen none. The file is not kept."""

    colleges: list[ParticipationView] = field(default_factory=list)


Received = Announced | TooLarge | WhichCollege
