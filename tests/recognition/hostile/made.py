"""A hostile file, and sound files to spoil."""

import io
from dataclasses import dataclass
from functools import cache

import numpy as np
import pikepdf
from PIL import Image

from tests.recognition.drawn import Gray, printed, scanned

SLOW = {"fake-finders", "pattern-in-itself", "tiny-tiles", "content", "form-in-itself", "doubling-forms"}
"""These run into a deadline or a limit of the child, which takes its seconds; without a child they end the process."""
READ = "read"
"""Also an answer: the pages are looked at, and what is on them is told in the report."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """`answers`: codes of FileError, or READ, any of which is right."""

    name: str
    data: bytes
    answers: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rsplit(".", 1)[0]


@cache
def sheet() -> Gray:
    """A sound page at 75 dpi."""
    return scanned(printed(), 75)


def saved(kind: str, mode: str = "L", pages: int = 1, **how: object) -> bytes:
    """The sound page as a file of this kind."""
    stream = io.BytesIO()
    image = Image.fromarray(sheet()).convert(mode)
    more = {"save_all": True, "append_images": [image] * (pages - 1)} if pages > 1 else {}
    image.save(stream, kind, **{"dpi": (75, 75), **more, **how} if kind != "PDF" else {"resolution": 75, **more, **how})
    return stream.getvalue()


def as_png(gray: Gray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(gray).save(stream, "PNG", dpi=(150, 150))
    return stream.getvalue()


def written(document: pikepdf.Pdf, **how: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream, **how)
    return stream.getvalue()


def page_of(document: pikepdf.Pdf, content: bytes, size: tuple[float, float] = (595, 842)) -> pikepdf.Page:
    """A new page of that size in points with that content."""
    page = document.add_blank_page(page_size=size)
    page.Contents = document.make_stream(content)
    return page


def noise(shape: tuple[int, int], seed: int = 7) -> Gray:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)
