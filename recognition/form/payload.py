"""The text of a QR symbol: built from a page's identity and read back into it.

A text whose check code is wrong names no page: a number read wrongly would credit another participant.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from recognition.form.checks import CHECKS
from recognition.form.model import Form, PayloadGrammar

LONGEST = 512
"""Characters; a longer text is no payload and is not given to the regular expression."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a symbol says of its page. `event` and `pages` are None where the form's payload does not carry them."""

    event: str | None
    kit: str
    page: int
    pages: int | None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _match(grammar: PayloadGrammar, text: str) -> re.Match[str] | None:
    return _compiled(grammar.pattern).fullmatch(text) if len(text) <= LONGEST else None


def has_payload_shape(form: Form, text: str) -> bool:
    """True where the text is built as this form's payload is, whether or not its check code is right."""
    return _match(form.payload, text) is not None


def parse_payload(form: Form, text: str) -> Identity | None:
    """The identity that a symbol's text names, or None where it is no sound payload of this form."""
    match = _match(form.payload, text)
    if match is None:
        return None
    if form.payload.check and CHECKS[form.payload.check](text[: match.start("check")]) != match["check"]:
        return None
    named = match.groupdict()
    pages = None if named.get("pages") is None else int(named["pages"])
    page = 1 if named.get("page") is None else int(named["page"]) - form.payload.first_page + 1
    identity = Identity(named.get("event"), named["kit"], page, pages)
    return identity if 1 <= identity.page <= (pages or identity.page) else None


def build_payload(form: Form, *, event: str, kit: str, page: int, pages: int) -> str:
    """The text for a symbol. Raises ValueError where the form's own grammar would not read it back."""
    named = {"event": event, "kit": kit, "page": page + form.payload.first_page - 1, "pages": pages}
    body = form.payload.template.format(**named, check="")
    text = body + CHECKS[form.payload.check](body) if form.payload.check else body
    identity = parse_payload(form, text)
    if identity is None or (identity.kit, identity.page) != (kit, page) or identity.event not in (event, None):
        raise ValueError(text)
    return text
