"""Telegram's HTML parse mode, with the strictness and the error texts of the official server.

Offsets in errors are bytes of UTF-8; offsets of entities are UTF-16 code units, as the Bot API counts.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.api.entities import checked_link, utf16_length

TAG_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z]+);?")
ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(=?)\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]*)""")


class HtmlError(ValueError):
    """The text is not what the parse mode allows; the message is the server's."""


@dataclass
class Open:
    tag: str
    attributes: dict[str, str]
    at: int
    text_from: int


@dataclass
class Parsed:
    text: str = ""
    units: int = 0
    entities: list[dict[str, Any]] = field(default_factory=list)

    def append(self, piece: str) -> None:
        self.text += piece
        self.units += utf16_length(piece)


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and its entities. Raises HtmlError."""
    parsed, stack, position = Parsed(), list[Open](), 0
    while position < len(source):
        step = _tag if source[position] == "<" else _text
        position = step(source, position, parsed, stack)
    if stack:
        raise HtmlError(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    parsed.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return parsed.text, parsed.entities


def _text(source: str, position: int, parsed: Parsed, _: list[Open]) -> int:
    end = source.find("<", position)
    end = len(source) if end < 0 else end
    parsed.append(REFERENCE.sub(_decoded, source[position:end]))
    return end


def _decoded(reference: re.Match[str]) -> str:
    body = reference[0][1:].rstrip(";")
    if not body.startswith("#"):
        return NAMED.get(body, reference[0])
    code = int(body.removeprefix("#x"), 16) if body[1] == "x" else int(body[1:])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else reference[0]


def _tag(source: str, begin: int, parsed: Parsed, stack: list[Open]) -> int:
    offset = len(source[:begin].encode())
    if source.startswith("</", begin):
        return _end_tag(source, begin, offset, parsed, stack)
    return _start_tag(source, begin, offset, parsed, stack)


def _start_tag(source: str, begin: int, offset: int, parsed: Parsed, stack: list[Open]) -> int:
    name = re.compile(r"[^\s>]*").match(source, begin + 1)
    if name is None or name.end() == len(source):
        raise HtmlError(f"Unclosed start tag at byte offset {offset}")
    tag = name[0].lower()
    if tag not in TAG_KINDS:
        raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {offset}')
    attributes, end = _attributes(source, name.end(), tag, offset)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    stack.append(Open(tag, attributes, parsed.units, len(parsed.text)))
    return end


def _attributes(source: str, position: int, tag: str, offset: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while True:
        rest = source[position:].lstrip()
        position = len(source) - len(rest)
        if not rest:
            raise HtmlError(f"Unclosed start tag at byte offset {offset}")
        if rest[0] == ">":
            return found, position + 1
        match = ATTRIBUTE.match(source, position)
        if match is None or not match[1]:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        if not match[2] and (tag, match[1]) != ("blockquote", "expandable"):
            raise HtmlError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {offset}'
            )
        found[match[1]] = REFERENCE.sub(_decoded, _unquoted(match[3]))
        position = match.end()
        _check_value_end(source, match, offset)


def _check_value_end(source: str, match: re.Match[str], offset: int) -> None:
    """A value ends at white space or at the tag's end; a quote that never closes swallows the rest."""
    following = source[match.end() : match.end() + 1]
    if not following or (following in {'"', "'"} and not match[3]):
        raise HtmlError(f"Unclosed start tag at byte offset {offset}")
    if match[3][:1] not in {'"', "'"} and match[2] and not (following.isspace() or following == ">"):
        raise HtmlError(f"Unexpected end of name token at byte offset {len(source[: match.start(3)].encode())}")


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value.lower()


def _end_tag(source: str, begin: int, offset: int, parsed: Parsed, stack: list[Open]) -> int:
    if not stack:
        raise HtmlError(f"Unexpected end tag at byte offset {offset}")
    match = re.compile(r"</([^\s>]*)\s*(>?)").match(source, begin)
    if match is None or not match[2]:
        raise HtmlError(f"Unclosed end tag at byte offset {offset}")
    opened = stack.pop()
    if match[1] and match[1].lower() != opened.tag:
        expected, found = f'"</{opened.tag}>"', f'"</{match[1].lower()}>"'
        raise HtmlError(f"Unmatched end tag at byte offset {offset}, expected {expected}, found {found}")
    if parsed.units > opened.at:
        _close(opened, parsed)
    return match.end()


def _close(opened: Open, parsed: Parsed) -> None:
    entity: dict[str, Any] = {"type": TAG_KINDS[opened.tag], "offset": opened.at, "length": parsed.units - opened.at}
    if opened.tag == "a" and not _link(entity, opened, parsed.text[opened.text_from :]):
        return
    if opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = _emoji_id(opened)
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    if opened.tag == "pre" and _takes_language(entity, parsed.entities):
        return
    if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
        entity["language"] = opened.attributes["class"].removeprefix("language-")
    parsed.entities.append(entity)


def _link(entity: dict[str, Any], opened: Open, text: str) -> bool:
    """A link without a usable address is plain text."""
    url = checked_link(opened.attributes.get("href") or text)
    entity["url"] = url
    return url is not None


def _emoji_id(opened: Open) -> str:
    number = opened.attributes.get("emoji-id", "")
    if not number.isdigit() or not int(number):
        raise HtmlError("Invalid custom emoji identifier specified")
    return number


def _takes_language(entity: dict[str, Any], entities: list[dict[str, Any]]) -> bool:
    """``<pre><code class="language-x">`` is one block with a language."""
    inner = entities[-1] if entities else {}
    same = inner.get("type") == "code" and inner["offset"] == entity["offset"] and inner["length"] == entity["length"]
    if same and "language" in inner:
        inner["type"] = "pre"
        return True
    return False
