"""Photos as the messenger makes them: recompressed, without the dpi, in a few growing sizes.

A 300 dpi A4 scan sent as a photo arrives with about 110 dpi and nobody can tell how large the paper was.
"""

import asyncio
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.state.files import Files, StoredFile

SIDES_PX = (90, 320, 800, 1280)
QUALITY = 87
MAX_PIXELS = 100_000_000
MAX_SIDES_SUM_PX = 10_000
MAX_RATIO = 20


class PictureError(ValueError):
    """The picture cannot be a photo; the message is the server's."""


async def as_photo(files: Files, source: Path) -> list[StoredFile]:
    """The sizes from small to large. Raises PictureError."""
    return await asyncio.to_thread(_compress, files, source)


def _compress(files: Files, source: Path) -> list[StoredFile]:
    picture = _opened(source)
    largest = max(picture.size)
    sides = [side for side in SIDES_PX if side < largest] + ([largest] if largest <= SIDES_PX[-1] else [])
    return [_saved(files, picture, side) for side in sides or [largest]]


def _opened(source: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source) as picture:
                _check_dimensions(*picture.size)
                picture.draft("RGB", (SIDES_PX[-1] * 2, SIDES_PX[-1] * 2))
                return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError("IMAGE_PROCESS_FAILED") from error


def _check_dimensions(width: int, height: int) -> None:
    too_long = max(width, height) > MAX_RATIO * min(width, height)
    if width + height > MAX_SIDES_SUM_PX or too_long or width * height > MAX_PIXELS:
        raise PictureError("PHOTO_INVALID_DIMENSIONS")


def _saved(files: Files, picture: Image.Image, side: int) -> StoredFile:
    scale = min(1.0, side / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    path = files.fresh_path()
    picture.resize(size, Image.Resampling.LANCZOS).save(path, "JPEG", quality=QUALITY)
    return files.add(path, "photo", f"{path.name}.jpg", "image/jpeg", width=size[0], height=size[1])
