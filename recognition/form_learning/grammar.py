"""Infers from the texts of all pages, in order, which part of a payload is event, kit, page, pages and check."""

import re
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from recognition.form import PayloadGrammar
from recognition.form.checks import CHECKS
from recognition.form_learning.faults import LearnError, LearnFault, LearnNote, Note

_TOKENS = re.compile(r"[0-9A-Za-z]+|[^0-9A-Za-z]+")
_MOST_PAGE_DIGITS = 3
_PROOF = 1e-6
"""A check is believed where chance would pass all its pages less often than this, all algorithms tried together."""
_MOST_EVENT = 16
_FEW_KITS = 3
"""Two kits may agree in a part that differs in others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A named stretch of the payload: `width` 0 where texts differ in its length."""

    name: str
    values: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """A class of what was seen and near it, and how many of it."""
        widths = {len(value) for value in self.values}
        least, most = min(widths), max(widths)
        if least != most:
            return f"{_class(self.values)}{{1,{most + 2}}}"
        return f"{_class(self.values)}{{{most}}}"


@dataclass(slots=True)
class Inferred:
    """The grammar, how many pages a kit has, and what is to be said. `parts`: name to the values of the first page."""

    grammar: PayloadGrammar
    pages: int
    kits: int
    notes: list[Note] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Span:
    """Columns from `start` to `end` of a token; a token of changing length is taken whole (`end` is None)."""

    token: int
    start: int = 0
    end: int | None = None


def infer(texts: list[str], event: str | None = None, *, cut: bool = False) -> Inferred:
    """The grammar of these payloads. `cut`: the last kit may be incomplete. Raises LearnError."""
    rows = [_TOKENS.findall(text) for text in texts]
    if len({len(row) for row in rows}) != 1 or len({tuple(row[1::2]) for row in rows}) != 1:
        raise LearnError(LearnFault.NO_COMMON_SHAPE)
    if len(set(texts)) == 1:
        raise LearnError(LearnFault.NO_PAGE_PART if len(texts) > 1 else LearnFault.ONE_KIT)
    return _Columns(rows, event).infer(cut=cut)


class _Columns:
    """The texts as a table: a row a page, a column a token."""

    def __init__(self, rows: list[list[str]], event: str | None) -> None:
        self.rows = rows
        self.event = event
        self.notes: list[Note] = []

    def infer(self, *, cut: bool) -> Inferred:
        page, pages = self._find_page(cut=cut)
        if cut and pages > 1:
            self.rows = self.rows[: len(self.rows) // pages * pages]
        kits = len(self.rows) // pages
        if kits < 2:
            raise LearnError(LearnFault.ONE_KIT)
        changing = self._changing(pages)
        spans: dict[str, _Span] = {"page": page} if page else {}
        total = self._find_pages(page, pages) if page else None
        if total:
            spans["pages"] = total
        check, span = self._find_check(spans, changing)
        spans["check"] = span or _Span(-1)
        spans["event"] = self._find_event() or _Span(-1)
        spans["kit"] = self._find_kit(spans, pages)
        named = {name: place for name, place in spans.items() if place.token >= 0}
        return self._written(named, check, pages, kits)

    def _value(self, row: list[str], span: _Span) -> str:
        return row[span.token][span.start : span.end]

    def _values(self, span: _Span) -> tuple[str, ...]:
        return tuple(self._value(row, span) for row in self.rows)

    def _fixed(self, token: int) -> int | None:
        """The token's width, None where it is not the same on all pages."""
        widths = {len(row[token]) for row in self.rows}
        return widths.pop() if len(widths) == 1 else None

    def _find_page(self, *, cut: bool) -> tuple[_Span | None, int]:
        """The part that counts 1, 2, … and begins again, and the length of its run; no part for kits of one page."""
        found: list[tuple[_Span, int]] = []
        unequal: list[int] = []
        for span in self._page_candidates():
            lengths = _runs(self._values(span))
            if not lengths:
                continue
            body, last = set(lengths[:-1]), lengths[-1]
            if len(body | {last}) == 1 or (len(body) == 1 and last < min(body) and cut):
                found.append((span, lengths[0]))
            elif len(lengths) > 1 and len(lengths) <= len(self.rows) / 2:
                unequal = lengths
        found = [(span, pages) for span, pages in found if self._fits(pages)]
        if found:
            return self._widest(found), found[0][1]
        if unequal:
            raise LearnError(LearnFault.KITS_UNEQUAL, lengths=", ".join(map(str, unequal[:12])))
        if len({"".join(row) for row in self.rows}) < len(self.rows):
            raise LearnError(LearnFault.NO_PAGE_PART)
        self.notes.append(Note(LearnNote.ONE_PAGE_KITS))
        return None, 1

    def _page_candidates(self) -> list[_Span]:
        """Stretches of digits that change: whole tokens, and columns of tokens of one width."""
        spans: list[_Span] = []
        for token in range(len(self.rows[0])):
            values = {row[token] for row in self.rows}
            if len(values) < 2:
                continue
            if all(value.isascii() and value.isdigit() and len(value) <= _MOST_PAGE_DIGITS for value in values):
                spans.append(_Span(token))
            width = self._fixed(token) or 0
            spans += [
                _Span(token, start, end)
                for start in range(width)
                for end in range(start + 1, min(start + _MOST_PAGE_DIGITS, width) + 1)
            ]
        return spans

    def _fits(self, pages: int) -> bool:
        """Something else must stay within a kit and change between kits, and the run must be longer than one page."""
        if pages < 2:
            return False
        if pages == len(self.rows):
            return True
        return bool(self._staying(pages))

    def _staying(self, pages: int) -> list[tuple[int, int | None]]:
        """Columns (token, column) that keep within every kit and change between kits; column None: a whole token."""
        return [key for key, values in self._columns().items() if _stays(values, pages) and len(set(values)) > 1]

    def _changing(self, pages: int) -> list[tuple[int, int | None]]:
        """Columns that change within a kit."""
        return [key for key, values in self._columns().items() if not _stays(values, pages)]

    def _columns(self) -> dict[tuple[int, int | None], list[str]]:
        columns: dict[tuple[int, int | None], list[str]] = {}
        for token in range(len(self.rows[0])):
            width = self._fixed(token)
            if width is None:
                columns[token, None] = [row[token] for row in self.rows]
            else:
                columns |= {(token, at): [row[token][at] for row in self.rows] for at in range(width)}
        return columns

    def _widest(self, found: list[tuple[_Span, int]]) -> _Span:
        """Of stretches that all count pages the first token's, whole or with as many leading noughts as its total."""
        first = found[0][0].token
        spans = [span for span, _ in found if span.token == first]
        whole = [span for span in spans if span.end is None]
        if whole:
            return whole[0]
        last = max(span.end or 0 for span in spans)
        matching = [span for span in spans if span.end == last]
        twice = [span for span in matching if self._total_after(span, found[0][1])]
        two = [span for span in matching if last - span.start <= 2]
        return min(twice or two, key=lambda span: span.start)

    def _total_after(self, span: _Span, pages: int) -> _Span | None:
        """The stretch right after, as wide, where it holds the number of pages everywhere."""
        assert span.end is not None
        after = _Span(span.token, span.end, 2 * span.end - span.start)
        wanted = str(pages).zfill(span.end - span.start)
        return after if set(self._values(after)) == {wanted} else None

    def _find_pages(self, page: _Span, pages: int) -> _Span | None:
        if page.end is not None:
            beside = self._total_after(page, pages)
            if beside:
                return beside
        for token in range(page.token + 1, min(page.token + 3, len(self.rows[0]))):
            values = {row[token] for row in self.rows}
            if len(values) == 1 and (value := values.pop()).isdigit() and int(value) == pages:
                return _Span(token)
        return None

    def _find_check(
        self, spans: dict[str, _Span], changing: list[tuple[int, int | None]]
    ) -> tuple[str | None, _Span | None]:
        """The algorithm that makes the end of every text out of what is before it, and its stretch."""
        last = len(self.rows[0]) - 1
        texts = ["".join(row) for row in self.rows]
        for width, name in _algorithms(texts):
            if min(len(row[last]) for row in self.rows) >= width:
                fixed = self._fixed(last)
                return name, _Span(last, fixed - width) if fixed else _Span(last)
        free = [key for key in changing if not any(_covers(span, key) for span in spans.values())]
        if not free:
            self.notes.append(Note(LearnNote.CHECK_NONE))
            return None, None
        token = free[0][0]
        if any(key[0] != token for key in free):
            raise LearnError(LearnFault.NO_COMMON_SHAPE)
        self.notes.append(Note(LearnNote.CHECK_UNPROVED))
        if free[0][1] is None:
            return None, _Span(token)
        columns = [column for _, column in free if column is not None]
        return None, _Span(token, self._unproved_start(token, min(columns), spans), max(columns) + 1)

    def _unproved_start(self, token: int, start: int, spans: dict[str, _Span]) -> int:
        """A token that holds nothing else is a check from its beginning, though its first column happens to be even."""
        ends = [span.end or 0 for span in spans.values() if span.token == token]
        return max((end for end in ends if end <= start), default=0 if not ends and len(self.rows[0]) > 1 else start)

    def _find_event(self) -> _Span | None:
        """Where the event stands that the person named; without a name a constant cannot be told from the rest."""
        if self.event is None:
            return None
        for token in range(len(self.rows[0])):
            at = self.rows[0][token].find(self.event)
            span = _Span(token, at, at + len(self.event))
            if at >= 0 and set(self._values(span)) == {self.event}:
                return span
        raise LearnError(LearnFault.EVENT_NOT_FOUND, event=self.event)

    def _find_kit(self, spans: dict[str, _Span], pages: int) -> _Span:
        """All that changes between kits, with the constant digits beside it: other kits may differ there.

        A stretch between delimiters in which letters change is the number as a whole.
        """
        taken = [span for span in spans.values() if span.token >= 0]
        free = [key for key in self._staying(pages) if not any(_covers(span, key) for span in taken)]
        if not free:
            raise LearnError(LearnFault.ONE_KIT)
        token = free[-1][0]
        columns = [column for at, column in free if at == token and column is not None]
        if not columns:
            return _Span(token)
        low, high = min(columns), max(columns) + 1
        width = self._fixed(token) or high
        bounds = [(span.start, span.end or width) for span in taken if span.token == token]
        left = max((end for _, end in bounds if end <= low), default=0)
        right = min((start for start, _ in bounds if start >= high), default=width)
        if alone := left == 0 and right == width and len(self.rows[0]) > 1:
            alone = any(not row[token][column].isdigit() for row in self.rows for column in columns)
        if alone:
            return _Span(token, left, right)
        text = self.rows[0][token]
        while low > left and text[low - 1].isdigit():
            low -= 1
        while high < right and text[high].isdigit():
            high += 1
        return _Span(token, low, high)

    def _written(self, named: dict[str, _Span], check: str | None, pages: int, kits: int) -> Inferred:
        """Pattern and template, token by token."""
        pattern = template = ""
        width: int | None
        for token in range(len(self.rows[0])):
            width = self._fixed(token)
            inside = sorted(
                ((span, name) for name, span in named.items() if span.token == token), key=lambda it: it[0].start
            )
            at, text = 0, self.rows[0][token]
            for span, name in inside:
                constant = text[at : span.start]
                pattern += re.escape(constant) + self._group(name, span, proved=check is not None)
                template += _braced(constant) + self._placeholder(name, span, proved=check is not None)
                at = span.end if span.end is not None else (width or len(text))
            if not inside or width is not None:
                pattern, template = pattern + re.escape(text[at:]), template + _braced(text[at:])
        if kits < _FEW_KITS:
            self.notes.append(Note(LearnNote.FEW_KITS, {"kits": kits}))
        if self.event is None:
            self.notes.append(Note(LearnNote.EVENT_CONSTANT, {"text": template.split("{")[0]}))
        first = int(self._value(self.rows[0], named["page"])) if "page" in named else 1
        grammar = PayloadGrammar(pattern, template, check, first)
        return Inferred(grammar, pages, kits, self.notes, {n: self._value(self.rows[0], s) for n, s in named.items()})

    def _group(self, name: str, span: _Span, *, proved: bool) -> str:
        written = Part(name, self._values(span)).pattern
        if name == "event":
            written = f"{_class(self._values(span))}{{1,{_MOST_EVENT}}}"
        return written if name == "check" and not proved else f"(?P<{name}>{written})"

    def _placeholder(self, name: str, span: _Span, *, proved: bool) -> str:
        if name == "check" and not proved:
            return ""
        widths = {len(value) for value in self._values(span)}
        if name in ("page", "pages") and len(widths) == 1 and widths != {1}:
            return f"{{{name}:0{widths.pop()}d}}"
        return f"{{{name}}}"


def _runs(values: tuple[str, ...]) -> list[int]:
    """Lengths of the runs 1, 2, … (or 0, 1, …) that the values are made of; none where they are not."""
    if not all(value.isascii() and value.isdigit() for value in values):
        return []
    numbers = [int(value) for value in values]
    if numbers[0] not in (0, 1):
        return []
    lengths = [1]
    for before, now in pairwise(numbers):
        if now == before + 1:
            lengths[-1] += 1
        elif now == numbers[0]:
            lengths.append(1)
        else:
            return []
    return lengths


def _stays(values: list[str], pages: int) -> bool:
    runs = (values[at : at + pages] for at in range(0, len(values), pages))
    return all(len(list(groupby(run))) == 1 for run in runs)


def _covers(span: _Span, key: tuple[int, int | None]) -> bool:
    token, column = key
    if span.token != token:
        return False
    return span.end is None if column is None else span.start <= column < (span.end if span.end is not None else 10**6)


def _algorithms(texts: list[str]) -> list[tuple[int, str]]:
    """Width and name of each known check that holds on every text and could not hold by chance, the widest first."""
    held = []
    for name, check in CHECKS.items():
        width = len(check(texts[0]))
        if len(texts[0]) <= width:
            continue
        if all(check(text[:-width]) == text[-width:] for text in texts):
            seen = len({text[-width:] for text in texts})
            if len(CHECKS) * 10.0 ** -(width * seen) < _PROOF or (width * len(set(texts)) >= 8 and seen > 1):
                held.append((width, name))
    return sorted(held, key=lambda it: (-it[0], it[1].count("/")))


def _class(values: tuple[str, ...]) -> str:
    joined = "".join(values)
    upper, lower = any(c.isupper() for c in joined), any(c.islower() for c in joined)
    digits = not joined.isalpha() or not (upper or lower)
    written = ("0-9" if digits else "") + ("A-Z" if upper else "") + ("a-z" if lower else "")
    return f"[{'0-9' + written if not digits else written}]"


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
