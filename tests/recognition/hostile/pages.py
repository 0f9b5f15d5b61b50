"""Pages that are sound pictures and lie all the same. Each is read; what it may never be is somebody's page."""

from collections.abc import Iterator

import cv2
import numpy as np
import segno

from recognition.form import build_payload
from tests.recognition.drawn import PRACTICE, Gray, printed, scanned
from tests.recognition.hostile.made import READ, Hostile, as_png, noise

DPI = 150
_SIZE = (1754, 1240)


def made() -> Iterator[Hostile]:
    for name, page in _pages():
        yield Hostile(f"{name}.png", as_png(page), (READ,))


def _pages() -> Iterator[tuple[str, Gray]]:
    yield "ten-foreign-codes", _with([f"https://example.org/{number}" for number in range(10)])
    yield "wrong-check-code", _with([_ours()[:-1] + ("0" if _ours()[-1] != "0" else "1")])
    yield "another-prefix", _with(["AP9" + _ours()[3:]])
    yield "page-0", _with(["AP1TEST" + "1234567" + "0004" + "ABCD"])
    yield "two-kits-side-by-side", _side_by_side()
    yield "3-kilobytes", _with(["0123456789" * 280], error="l")
    for name, text in TEXTS.items():
        yield name, _with([text])
    yield "fake-finders", _finders()
    yield "noise", noise(_SIZE)
    yield "black-and-white-noise", np.where(noise(_SIZE) > 127, 255, 0).astype(np.uint8)
    yield "stripes", np.tile(np.array([0, 255], np.uint8), (_SIZE[0], _SIZE[1] // 2))
    yield "all-black", np.zeros(_SIZE, np.uint8)
    yield "all-white", np.full(_SIZE, 255, np.uint8)
    yield "a-dot", np.zeros((1, 1), np.uint8)
    yield "a-line", np.zeros((1, 4_000), np.uint8)
    yield "a-column", np.zeros((4_000, 1), np.uint8)
    yield "only-squares", _squares()


TEXTS = {
    "control-characters": "\x00\x01\x07\x08\x1b[2J\x1b]0;title\x07",
    "line-ends": "AP1\r\nkit 1 of 1 complete\r\n\r\n",
    "right-to-left": "\u202ekit\u202c\u2066x\u2069",
    "markup": "<b>Апробация завершена</b><script>alert(1)</script>",
    "formula": '=HYPERLINK("http://example.org";"отчёт")',
    "template": "{kit} %s %(x)s ${x} {{7*7}}",
    "path": "../../../../etc/passwd",
    "sql": "1'); DROP TABLE kit; --",
    "lone-surrogate-bytes": "\udcff\udcfe".encode("utf-8", "surrogateescape").decode("latin-1"),
}


def _ours() -> str:
    return build_payload(PRACTICE, event="TEST", kit="1234567", page=1, pages=4)


def _code(text: str, px: int, error: str) -> Gray:
    modules = np.array([list(row) for row in segno.make_qr(text, error=error).matrix], np.uint8)
    return cv2.resize(255 - modules * 255, (px, px), interpolation=cv2.INTER_NEAREST)


def _with(texts: list[str], error: str = "m") -> Gray:
    """A white page with these codes: one fills most of it, many stand in a grid."""
    page = np.full(_SIZE, 255, np.uint8)
    px = 1000 if len(texts) == 1 and len(texts[0]) > 500 else 190
    for number, text in enumerate(texts):
        y, x = 60 + number // 3 * 260, 60 + number % 3 * 260
        page[y : y + px, x : x + px] = _code(text, px, error)
    return page


def _side_by_side() -> Gray:
    return np.hstack([scanned(printed(page=page), DPI) for page in (1, 2)])


def _finders() -> Gray:
    finder = np.full((10, 10), 255, np.uint8)
    finder[1:8, 1:8] = 0
    finder[2:7, 2:7] = 255
    finder[3:6, 3:6] = 0
    return np.tile(finder, (_SIZE[0] // 10, _SIZE[1] // 10))


def _squares() -> Gray:
    page = np.full(_SIZE, 255, np.uint8)
    for y in range(20, _SIZE[0] - 60, 80):
        for x in range(20, _SIZE[1] - 60, 80):
            page[y : y + 41, x : x + 41] = 0
    return page
