"""Whether a scan kept greys: one set to black and white loses pale strokes without a trace."""

import numpy as np

from recognition.files.turn import Gray

_INNER = 0.1
"""Of each side: the rim may show the lid or a desk."""
_PAPER, _BLACK = 60.0, 0.5
"""Percentiles: paper is most of a page, print and symbols are more than half a percent."""
_MIDDLE = (0.3, 0.7)
_LEAST_MIDDLE = 0.28
"""Of all that is darker than paper: in greys the edges of print alone make 0.33 of it and more; in a bilevel scan 0,
and 0.16 at most once that is packed as JPEG."""
_LEAST_STEP = 20


def keeps_tones(gray: Gray) -> bool:
    """True for a scan in greys. `gray` as it was scanned: a reduced copy makes greys of black and white."""
    height, width = gray.shape
    down, across = int(height * _INNER), int(width * _INNER)
    counts = np.bincount(gray[down : height - down, across : width - across].ravel(), minlength=256)
    black, paper = np.searchsorted(np.cumsum(counts) / counts.sum() * 100, (_BLACK, _PAPER))
    step = int(paper) - int(black)
    if step < _LEAST_STEP:
        return False
    low, high = (int(black) + part * step for part in _MIDDLE)
    levels = np.arange(256)
    dark = int(counts[levels <= low].sum())
    middle = int(counts[(levels > low) & (levels < high)].sum())
    return middle > _LEAST_MIDDLE * (dark + middle)
