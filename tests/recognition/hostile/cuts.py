"""Sound files that end too early, or have a hole in the middle."""

from collections.abc import Iterator

from tests.recognition.hostile.made import READ, Hostile, saved

_WHERE = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97)
_SOUND = {
    "jpg": ("JPEG", {"quality": 70}),
    "progressive.jpg": ("JPEG", {"quality": 70, "progressive": True}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {"quality": 60}),
    "lzw.tif": ("TIFF", {"compression": "tiff_lzw"}),
    "pages.tif": ("TIFF", {"compression": "tiff_lzw", "pages": 3}),
    "bmp": ("BMP", {}),
    "gif": ("GIF", {}),
    "avif": ("AVIF", {}),
}


def made() -> Iterator[Hostile]:
    for name, (kind, how) in _SOUND.items():
        sound = saved(kind, **how)
        for where in _WHERE:
            yield Hostile(f"{round(where * 100):02d}%.{name}", sound[: round(len(sound) * where)], _answers(kind))
        middle = len(sound) // 2
        yield Hostile(f"hole.{name}", sound[:middle] + bytes(400) + sound[middle + 400 :], (*_answers(kind), READ))
    sound = saved("PDF", pages=3)
    for where in _WHERE:
        yield Hostile(f"{round(where * 100):02d}%.pdf", sound[: round(len(sound) * where)], ("broken_pdf", "truncated"))


def _answers(kind: str) -> tuple[str, ...]:
    # The first 2 % of a small file may not even tell what it is.
    return ("truncated", "not_an_image") if kind in ("BMP", "GIF", "AVIF") else ("truncated",)
