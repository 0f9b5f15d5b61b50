"""Rules about the size of the paper: another sheet than the form's, or the scanner set to another."""

from collections.abc import Iterator

from recognition.codes import PageProblem, Severity
from recognition.geometry.frame import MM_PER_INCH
from recognition.report import Problem
from recognition.verdict import thresholds
from recognition.verdict.case import Case, at, whole_sheet

_LETTER_MM, _LETTER_SLACK_MM = (215.9, 279.4), 3.0
_HALVED = (0.6, 0.78)
"""Two pages of A4 on one sheet of it have 0.71 each, less the printer's margins."""


def picture_mm(case: Case) -> tuple[float, float] | None:
    """Short and long side of the picture in mm, None where its resolution is not known."""
    frame = case.findings.frame
    if frame.dpi is None or case.measures.photo or frame.odd:
        return None
    sides = frame.width / frame.dpi[0] * MM_PER_INCH, frame.height / frame.dpi[1] * MM_PER_INCH
    return min(sides), max(sides)


def is_half_of_a_sheet(case: Case) -> bool:
    """True where the page stands shrunken across a sheet that lies on its side: half of a two-up print."""
    across, down = case.measures.scale_x_pct, case.measures.scale_y_pct
    size = picture_mm(case)
    if across is None or down is None or size is None or case.findings.identity is None:
        return False
    frame, paper = case.findings.frame, case.form.paper
    lies = (frame.width > frame.height) != (paper[0] > paper[1])
    page_lies = case.measures.rotation in (90, 270)
    whole = size[1] > max(paper) - thresholds.PAPER_MM
    return lies != page_lies and whole and _HALVED[0] <= (across + down) / 200 <= _HALVED[1]


def _paper(case: Case) -> Iterator[Problem]:
    """A picture of another size than the form's paper. What only lacks an edge at full scale is told as cut."""
    size = picture_mm(case)
    findings = case.findings
    if size is None or findings.others or is_half_of_a_sheet(case) or not _ours(case):
        return
    true = min(case.form.paper), max(case.form.paper)
    off = size[0] - true[0], size[1] - true[1]
    scale = _scale(case)
    smaller = min(off) < -thresholds.PAPER_MM
    if smaller and max(off) < thresholds.PAPER_MM and findings.placed and scale is not None and _full(scale):
        if _is_letter(size):
            yield _told(case, size, Severity.NOTE)
    elif smaller or max(off) > thresholds.PAPER_MM:
        yield _told(case, size, _severity(scale, smaller=smaller))


def _told(case: Case, size: tuple[float, float], severity: Severity) -> Problem:
    width, height = (round(side) for side in size)
    return at(case, PageProblem.WRONG_PAPER_SIZE, severity, whole_sheet(case), width_mm=width, height_mm=height)


def _is_letter(size: tuple[float, float]) -> bool:
    """The size that scanners and printers fall back to; a note beside the cut edge says where that comes from."""
    return all(abs(a - b) < _LETTER_SLACK_MM for a, b in zip(size, _LETTER_MM, strict=True))


def _severity(scale: float | None, *, smaller: bool) -> Severity:
    """Print fitted to the other paper is out of its size. A form of full size on a larger glass has lost nothing."""
    off = 0.0 if scale is None else scale - 100
    fitted = off < 0 if smaller else off > 0
    if fitted and abs(off) > thresholds.PAPER_REJECTED_PCT:
        return Severity.REJECTED
    return Severity.WARNING if smaller or (fitted and abs(off) > thresholds.SCALE_PCT) else Severity.NOTE


def _ours(case: Case) -> bool:
    findings = case.findings
    return findings.identity is not None or findings.placed or not findings.foreign


def _scale(case: Case) -> float | None:
    across, down = case.measures.scale_x_pct, case.measures.scale_y_pct
    return None if across is None or down is None else (across + down) / 2


def _full(scale: float) -> bool:
    return abs(scale - 100) < 2 * thresholds.SCALE_PCT


RULES = (_paper,)
