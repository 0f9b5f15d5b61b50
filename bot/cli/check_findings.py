"""What `aprobot check` says to a person: findings, kits, and the result as the last line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from services.texts import Texts

if TYPE_CHECKING:
    from recognition.report import PageReport, Problem
    from services.submissions.check_set import SetOutcome

_MOST_LINES = 40
"""Of one kind: a screen's worth; the rest is counted and stands in the JSON."""
_NOTE = "note"
_GLASS = "dirty_glass"
"""Said once: the glass is one, however many pages show its dirt."""


def lines(outcome: "SetOutcome", texts: Texts) -> list[str]:
    """The whole summary, the result last: it is what stays on the screen."""
    said = [*_capped(list(_findings(outcome, texts)), texts), *_capped(list(_kits(outcome, texts)), texts)]
    verdicts = [page.verdict.value for page in outcome.pages]
    counts = {word: verdicts.count(verdict) for word, verdict in _COUNTED.items()}
    said.append(texts("check.pages", files=len(outcome.files), pages=len(verdicts), **counts))
    key = "check.complete" if outcome.kits_complete == outcome.participants else "check.incomplete"
    said.append(texts(key, kits=outcome.kits_complete, participants=outcome.participants))
    return said


_COUNTED = {"ok": "ok", "warnings": "warning", "rejected": "rejected"}


def _capped(said: list[str], texts: Texts) -> list[str]:
    rest = len(said) - _MOST_LINES
    return said if rest <= 0 else [*said[:_MOST_LINES], texts("check.more", n=rest)]


def _findings(outcome: "SetOutcome", texts: Texts) -> Iterator[str]:
    from services.submissions.check_set import why_refused

    yield from _glass(outcome, texts)
    for path, report in outcome.files.items():
        if report.error is not None:
            title, remedy = why_refused(report, texts)
            yield texts("check.finding", where=path, title=title, remedy=remedy)
        for page in report.pages:
            shown = {problem.code: problem for problem in page.problems if problem.severity.value != _NOTE}
            for code, problem in shown.items():
                if code == _GLASS:
                    continue
                yield _finding(texts, _where(texts, path, page), code, problem)


def _glass(outcome: "SetOutcome", texts: Texts) -> Iterator[str]:
    """Each place of the glass once, with the number of pages that show it."""
    seen: dict[tuple[str, int], list[Problem]] = {}
    for page in outcome.pages:
        for problem in page.problems:
            if problem.code.value == _GLASS:
                seen.setdefault((problem.detail["edge"], problem.detail["place"]), []).append(problem)
    for problems in seen.values():
        first = problems[0]
        key, pages = f"check.where.glass.{first.detail['edge']}", len(problems)
        yield _finding(texts, texts(key, at_mm=first.detail["at_mm"], pages=pages), _GLASS, first)


def _finding(texts: Texts, where: str, code: str, found: "Problem") -> str:
    title, remedy = (texts(f"problem.{code}.{part}", **found.detail) for part in ("title", "remedy"))
    return texts("check.finding", where=where, title=title, remedy=remedy)


def _where(texts: Texts, path: str, page: "PageReport") -> str:
    if page.entry is not None:
        path = texts("check.where.entry", path=path, entry=page.entry)
    if page.kit is None:
        return texts("check.where.page", path=path, page=page.index + 1)
    return texts("check.where.kit", path=path, page=page.index + 1, kit=page.kit, number=page.page)


def _kits(outcome: "SetOutcome", texts: Texts) -> Iterator[str]:
    for kit in outcome.kits:
        if kit.status == "complete":
            continue
        key = "incomplete_one" if kit.status == "incomplete" and len(kit.missing) == 1 else kit.status
        yield texts(f"check.kit.{key}", kit=kit.kit, pages=", ".join(map(str, kit.missing)))
    absent = outcome.participants - sum(kit.status in ("complete", "incomplete", "conflict") for kit in outcome.kits)
    if absent > 0:
        yield texts("check.absent", n=absent)
    if outcome.missing_kits:
        yield texts("check.missing_kits", kits=", ".join(outcome.missing_kits))
