"""`aprobot decode`: one line a picture, whatever the picture and whatever its symbol says."""

import io
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from PIL import Image

from recognition.symbols.any_picture import read_any

ROOT = Path(__file__).resolve().parents[2]

COMMAND = (sys.executable, "-m", "bot", "decode")


def picture(text: str, scale: int = 6, **how: object) -> np.ndarray:
    stream = io.BytesIO()
    segno.make(text, **({"micro": False} | how)).save(stream, kind="png", scale=scale, border=5)
    return np.asarray(Image.open(stream).convert("L"), np.uint8)


def asked(paths: list[object]) -> list[list[str]]:
    """Each line's two halves."""
    given = "".join(f"{path}\n" for path in paths).encode()
    done = subprocess.run([*COMMAND, "-"], input=given, capture_output=True, cwd=ROOT, check=True, timeout=100)
    return [line.split("\t") for line in done.stdout.decode().split("\n")[:-1]]


def test_paths_of_standard_input_are_answered_in_order(tmp_path: Path) -> None:
    ours, foreign, nothing = tmp_path / "ours.png", tmp_path / "чужой код.jpg", tmp_path / "nothing.png"
    Image.fromarray(picture("AP1TEST12345670104ABCD")).save(ours)
    Image.fromarray(picture("https://example.org/шкала")).save(foreign, quality=60)
    Image.new("L", (300, 300), 250).save(nothing)
    broken = tmp_path / "broken.png"
    broken.write_bytes(ours.read_bytes()[:200])
    paths = [foreign, nothing, broken, tmp_path / "absent.png", ours, ours]
    texts = ["https://example.org/шкала", "", "", "", "AP1TEST12345670104ABCD", "AP1TEST12345670104ABCD"]
    assert asked(paths) == [[str(path), text] for path, text in zip(paths, texts, strict=True)]


def test_what_a_stranger_wrote_stays_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "hostile.png"
    Image.fromarray(picture("a\tb\nc\\d\x1b[31m\u202eend")).save(path)
    assert asked([path]) == [[str(path), "a\\tb\\nc\\\\d\\x1b[31m\\u202eend"]]


def test_nothing_named_is_wrong_usage() -> None:
    done = subprocess.run(COMMAND, capture_output=True, cwd=ROOT, check=False, timeout=100)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1


def turned(gray: np.ndarray, degrees: float) -> np.ndarray:
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.7)
    return np.asarray(cv2.warpAffine(gray, turn, (width, height), borderValue=255), np.uint8)


def shadowed(gray: np.ndarray) -> np.ndarray:
    light = np.linspace(0.25, 1.0, gray.shape[1])
    return np.asarray(gray * light, np.uint8)


@pytest.mark.parametrize(
    "harm",
    [
        lambda gray: gray,
        lambda gray: 255 - gray,
        lambda gray: np.asarray(gray[:, ::-1].copy(), np.uint8),
        lambda gray: turned(gray, 33),
        shadowed,
        lambda gray: cv2.resize(gray, None, fx=0.28, fy=0.28, interpolation=cv2.INTER_AREA),
        lambda gray: cv2.resize(gray, None, fx=9, fy=9, interpolation=cv2.INTER_CUBIC),
        lambda gray: cv2.GaussianBlur(gray, (0, 0), 4.2),
        lambda gray: np.asarray(120 + gray * 0.06, np.uint8),
        lambda gray: cv2.copyMakeBorder(gray, 900, 1600, 2000, 300, cv2.BORDER_CONSTANT, value=140),
    ],
    ids=["plain", "inverted", "mirrored", "turned", "shadow", "tiny", "huge", "blurred", "pale", "small in a photo"],
)
def test_hard_pictures_are_read(harm: object) -> None:
    assert read_any(np.ascontiguousarray(harm(picture("HTTPS://EXAMPLE.ORG/17")))) == "HTTPS://EXAMPLE.ORG/17"


def test_a_micro_symbol_that_corrects_nothing_is_not_read() -> None:
    """In the corner of a harmed symbol one is seen by chance, with a few digits that nobody wrote."""
    assert read_any(picture("3796", micro=True, version="m1")) is None


def test_pictures_without_a_symbol_give_nothing() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (400, 400), np.uint8)
    assert read_any(noise) is None
    assert read_any(np.zeros((1, 3), np.uint8)) is None
