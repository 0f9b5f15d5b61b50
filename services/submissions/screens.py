"""What a person is shown while they send scans."""

import math
from collections.abc import Sequence

from services.conversation.screen import Action, Screen, Style
from services.events.queries import ParticipationView
from services.submissions.phrases import figure, one_or_many
from services.submissions.receipt import TooLarge
from services.texts import Texts

MOST_COLLEGES = 8
SCAN_STEP = "scan"


def receiving(texts: Texts, files: int, *, is_test: bool = False) -> Screen:
    """Files are on their way. A test scan is called one from the first word on."""
    key = "upload.progress.receiving_test" if is_test else "upload.progress.receiving"
    return Screen(text=one_or_many(texts, key, files))


def checking(texts: Texts, name: str, page: int, pages: int, *, settled: int, files: int) -> Screen:
    """So many pages are checked."""
    text = texts.html_n("upload.progress.checking", pages, page=page, name=name[:60])
    several = texts.n("upload.progress.files", files, settled=settled) if files > 1 else ""
    return Screen(text="\n".join(line for line in (text, several) if line))


def comparing(texts: Texts, name: str, pair: int, pairs: int) -> Screen:
    """So many pages that were seen before are compared with their earlier scans."""
    return Screen(text=texts.html("upload.progress.comparing", pair=pair, pairs=pairs, name=name[:60]))


def received(texts: Texts, files: int) -> Screen:
    """The progress line's last word."""
    return Screen(text=one_or_many(texts, "upload.progress.received", files))


def too_large(texts: Texts, file: TooLarge) -> Screen:
    """Told before any download: how to get below the limit."""
    size = figure(texts, math.ceil(file.size * 10 / (1 << 20)) / 10)
    return Screen(
        text=texts.html("upload.too_large", name=file.name[:60], size=size, limit=file.limit >> 20),
        rows=(
            (Action(texts("upload.button.upload"), "upload", file.participation_id, style=Style.MAIN),),
            (Action(texts("upload.button.home"), "home", file.participation_id),),
        ),
    )


def which_college(texts: Texts, colleges: Sequence[ParticipationView]) -> Screen:
    """The person works for several colleges: one button each."""
    rows = tuple(
        (Action(college.organisation.name[:40], "upload", college.participation.id),)
        for college in colleges[:MOST_COLLEGES]
    )
    return Screen(text=texts("upload.which_college"), rows=(*rows, (Action(texts("upload.button.home"), "home"),)))


def not_a_scan(texts: Texts) -> Screen:
    """A video, a sticker, a voice message: kept out, with the way in."""
    return Screen(text=texts("upload.not_a_scan"), rows=((Action(texts("upload.button.home"), "home"),),))


def upload(texts: Texts, college: ParticipationView, state: str) -> Screen:
    """How to send scans here; `state` says how many kits are counted, as HTML. The main deed is no button: a file."""
    place = college.participation.id
    return Screen(
        text=texts(
            "upload.screen", organisation=texts.html("upload.name", name=college.organisation.name), state=state
        ),
        rows=(
            (
                Action(texts("upload.button.how"), "how_to_scan", place),
                Action(texts("upload.button.picture"), "kits_picture", place),
            ),
            (
                Action(texts("upload.button.back"), "step", place, SCAN_STEP),
                Action(texts("upload.button.home"), "home", place),
                Action(texts("upload.button.help"), "help", place),
            ),
        ),
    )


def how_to_scan(texts: Texts, participation_id: int) -> Screen:
    """What makes a good scan: the Order's words and our advice, kept apart."""
    return Screen(
        text=texts("upload.how"),
        rows=(
            (Action(texts("upload.button.send"), "upload", participation_id, style=Style.MAIN),),
            (Action(texts("upload.button.home"), "home", participation_id),),
        ),
    )
