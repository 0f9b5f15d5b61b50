"""Which sheet is it: the same paper scanned again, or two papers that carry one number."""

from recognition.sheets.comparison import Comparison, Likeness, Spot

__all__ = ["Comparison", "Likeness", "Spot"]
