"""The judgement over two scans of one page, by the probability that they show one sheet."""

from recognition.sheets.comparison import Likeness
from recognition.sheets.evidence import Evidence
from recognition.sheets.probability import enough, probability

ONE_SHEET = 0.9
"""A double print taken for a rescan loses a participant's result, and nobody looks at it again: here at most 0.4 % of
the strokes lack their like, less than half of what any double print has left, though a third of those that the curve
was fitted to has the same words in the same cells. Ordinary ones leave 30 %."""
TWO_SHEETS = 0.05
"""A false alarm stops a college until somebody has looked at both pictures: here 3.5 % of both sheets' strokes and more
lack their like, twice of what corrections in white leave at worst. Nearer to certainty than the other limit, because
rescans are by far the more frequent."""


def decide(evidence: Evidence) -> tuple[Likeness, float | None, float | None]:
    """The likeness, the probability of one sheet, and the score; between the limits people decide."""
    weak = min(evidence.first, evidence.second, key=lambda side: side.ink)
    likely = probability(evidence)
    if likely is None:
        return Likeness.UNDECIDED, None, None
    likeness = Likeness.SAME if likely >= ONE_SHEET else Likeness.UNDECIDED
    if likely <= TWO_SHEETS:
        likeness = Likeness.DIFFERENT
    return likeness, likely, weak.share if enough(evidence) or likeness is Likeness.DIFFERENT else None
