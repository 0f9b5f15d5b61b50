"""Every refusal as a status and a sentence: for a person as a page, for the page's own script as JSON."""

import errno
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from bot.web.upload.desk import TEXTS
from bot.web.upload.render import wrong_link_page
from services.conversation.refusal import Refusal
from services.texts import LANGUAGES, Texts, load_texts
from services.uploads.link import EXPIRED, WrongLink
from services.uploads.refused import NoSuchUploadError, TooMuchError, TryLaterError, WrongPlaceError
from services.uploads.spool import BusyError

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self' https://web.telegram.org"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A link is a key: no page that it leads to may tell it to another site or let one in."""

REFUSALS = (Refusal, TryLaterError, NoSuchUploadError, WrongPlaceError, TooMuchError, BusyError)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_WAIT_S = 30
AWAY_WAIT_S = 10
BUSY_WAIT_S = 2


def told(handler: Handler) -> Handler:
    """The handler, with what it raises told in words."""

    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            response = await handler(request)
        except WrongLink as wrong:
            response = wrong_link(request, texts_for(request), wrong)
        except REFUSALS as refusal:
            response = refused(texts_for(request), refusal)
        except OSError as error:
            response = no_room(texts_for(request), error)
        except DBAPIError as error:  # away for a moment, or its disk is full
            log.warning("upload.database_away", why=type(error).__name__)
            response = sentence(texts_for(request)("web.refused.away"), 503, wait_s=AWAY_WAIT_S)
        response.headers.update(HEADERS)
        return response

    return answered


def texts_for(request: web.Request) -> Texts:
    """In the person's language where a link named one; else in the first known one that the browser names."""
    if TEXTS in request:
        return request[TEXTS]
    named = [part.strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(",")]
    return load_texts(next((name for name in named if name in LANGUAGES), LANGUAGES[0]))


def wrong_link(request: web.Request, texts: Texts, wrong: WrongLink) -> web.Response:
    status = 410 if wrong.why == EXPIRED else 403
    if request.method == "GET" and "text/html" in request.headers.get("Accept", "*/*").replace("*/*", "text/html"):
        return web.Response(text=wrong_link_page(texts, wrong.why), content_type="text/html", status=status)
    return sentence(texts(f"web.link.{wrong.why}.title"), status)


def refused(texts: Texts, refusal: Exception) -> web.Response:
    """Raised by use cases; those whose words are the person's own language name it by themselves."""
    match refusal:
        case Refusal():
            status = {"web.refused.large": 413, "web.refused.empty": 400}.get(refusal.key, 403)
            return sentence(plain(texts.html(refusal.key, **refusal.values)), status)
        case TryLaterError():
            return sentence(texts(refusal.key), 429, wait_s=refusal.wait_s)
        case WrongPlaceError():
            return sentence(texts("web.refused.place"), 409, headers={"Upload-Offset": str(refusal.received)})
        case BusyError():
            return sentence(texts("web.refused.busy"), 423, wait_s=BUSY_WAIT_S)
        case TooMuchError():
            return sentence(texts("web.refused.too_much"), 400)
        case _:
            return sentence(texts("web.refused.unknown"), 404)


def no_room(texts: Texts, error: OSError) -> web.Response:
    """The disk is full, or the store out of reach: what is confirmed stays, and the sender asks again."""
    log.error("upload.not_kept", exc_info=error)
    if error.errno in FULL:
        return sentence(texts("web.refused.full"), 507, wait_s=FULL_WAIT_S)
    return sentence(texts("web.refused.away"), 503, wait_s=AWAY_WAIT_S)


def sentence(
    text: str, status: int, *, wait_s: int | None = None, headers: dict[str, str] | None = None
) -> web.Response:
    response = web.json_response({"message": text}, status=status, headers=headers)
    if wait_s is not None:
        response.headers["Retry-After"] = str(wait_s)
    return response


def plain(text: str) -> str:
    """A chat's text without its markup, as one paragraph."""
    words = text.replace("<b>", "").replace("</b>", ".").replace("\n", " ")
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
