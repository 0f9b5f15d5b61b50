"""Small phrases that verdicts are made of."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from babel.numbers import format_decimal

from services.kits.counts import PartialKit
from services.kits.credit import Credit
from services.submissions.batch_view import BAD_CREDITS, Finding, PageView
from services.texts import Texts

MOST_LISTED = 10
"""Items of a list in one message; the rest is counted."""


def problem_text(texts: Texts, code: str, part: str, detail: dict[str, Any]) -> str:
    """A problem's title or remedy, as HTML. A code that the catalogue does not know still gets a sane text."""
    return known_text(texts, f"problem.{code}.{part}", detail) or texts(f"upload.problem.unknown.{part}")


def kind_of_problem(texts: Texts, code: str, detail: dict[str, Any]) -> str:
    """A problem of many pages; its short label where their figures differ and the title would name one."""
    return (
        known_text(texts, f"problem.{code}.title", detail)
        or known_text(texts, f"problem.{code}.label", detail)
        or texts("upload.problem.unknown.title")
    )


def refusal_text(texts: Texts, code: str, part: str, detail: dict[str, Any]) -> str:
    """Why a file was refused, or what to do: recognition's reasons, ours, or a general word."""
    known = known_text(texts, f"file_error.{code}.{part}", detail)
    if known is not None and part == "remedy" and "entry" in detail:
        return f"{known} {texts.html('file_error.entry', entry=detail['entry'])}"
    return (
        known or known_text(texts, f"upload.refusal.{code}.{part}", detail) or texts(f"upload.refusal.unknown.{part}")
    )


def known_text(texts: Texts, key: str, detail: dict[str, Any]) -> str | None:
    if not texts.has(key):
        return None
    try:
        return texts.html(key, **{name: figure(texts, value) for name, value in detail.items()})
    except (KeyError, ValueError):  # the finding lacks a figure that the text names
        return None


def figure(texts: Texts, value: Any) -> Any:
    """A measured figure as the language writes it: `96,8`."""
    return format_decimal(round(value, 1), locale=texts.language) if isinstance(value, float) else value


def one_or_many(texts: Texts, key: str, number: int, **values: Any) -> str:
    """One is told in words of its own; 21 takes the same plural form as 1, but not the same sentence.

    Values are escaped.
    """
    return texts.html(f"{key}.one", **values) if number == 1 else texts.html_n(f"{key}.many", number, **values)


def lower_first(title: str) -> str:
    """A title after a colon; abbreviations such as QR keep their letters."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def upper_first(title: str) -> str:
    """A title that begins a message."""
    return title[:1].upper() + title[1:]


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as people write them: `3, 5, 7–9`."""
    ordered = sorted(set(numbers))
    breaks = [place + 1 for place, (left, right) in enumerate(pairwise(ordered)) if right != left + 1]
    runs = [ordered[start:end] for start, end in zip([0, *breaks], [*breaks, len(ordered)], strict=True) if ordered]
    return ", ".join(run_text(run) for run in runs)


def run_text(run: Sequence[int]) -> str:
    if len(run) > 2:
        return f"{run[0]}–{run[-1]}"
    return ", ".join(str(number) for number in run)


def listed(texts: Texts, items: Sequence[str], most: int = MOST_LISTED) -> str:
    """Items in one line; beyond `most` the rest is counted."""
    shown = ", ".join(items[:most])
    return shown if len(items) <= most else texts("upload.list.more", items=shown, n=len(items) - most)


def missing_of(texts: Texts, kit: PartialKit) -> str:
    """What one kit lacks, as HTML: `1047 — стр. 1, 3`."""
    lacks = [texts("upload.kit.pages", pages=ranges(kit.missing))] if kit.missing else []
    lacks += [texts("upload.kit.any_task")] if kit.needs_any_task else []
    return texts.html("upload.kit.missing", kit=kit.number, lacks=", ".join(lacks))


def whereabouts(texts: Texts, page: PageView) -> str:
    """Where a sheet is to be found in the stack, as HTML: its kit where it is known, and its neighbours."""
    known = []
    if page.kit is not None:
        known.append(texts.html(f"upload.place.{page.kind or 'page'}", kit=page.kit, page=page.page or "?"))
    known += [neighbours(texts, page)]
    return " ".join(part for part in known if part)


def neighbours(texts: Texts, page: PageView) -> str:
    """Sheets look alike: the kits before and after tell which one to take out. Its own kit tells nothing new."""
    before, after = (kit if kit != page.kit else None for kit in (page.before, page.after))
    if before is not None and before == after:
        return texts.html("upload.place.inside", kit=before)
    if before is not None and after is not None:
        return texts.html("upload.place.between", before=before, after=after)
    if before is not None:
        return texts.html("upload.place.last", before=before)
    return texts.html("upload.place.first", after=after) if after is not None else ""


def worst(page: PageView) -> Finding:
    """The problem that names a bad page: what the ledger says of it, or the worst that recognition found."""
    if page.credit in BAD_CREDITS:
        return Finding(BAD_CREDITS[Credit(page.credit)], "rejected")
    return page.findings[0] if page.findings else Finding("", "rejected")
