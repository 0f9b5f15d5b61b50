"""Pages put through augraphy's augmentations, a third hand that knows neither this project nor its second corpus.

`python -m benchmarks.augmented [--each 4] [--seed 1]`. Augraphy brings 850 MB with it and is no part of the locks:
install it elsewhere (`pip install augraphy==8.2.6`) and name that site-packages in PYTHONPATH.

Left out: LensFlare, DepthSimulatedBlur and Scribbles, which hang or do nothing; and DotMatrix, DoubleExposure and
Hollow, which no printer does.
"""

import argparse
import contextlib
import importlib
import random
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import FrameType, ModuleType

import cv2
import numpy as np
from numpy.typing import NDArray

from recognition.files.open_file import open_file
from recognition.form import build_payload
from recognition.pages.check import check_page
from tests.recognition.corpora.cascade import cascade
from tests.recognition.corpora.making import Making
from tests.recognition.corpora.pages import EVENT, one_qr_page, press_page
from tests.recognition.corpora.reads import plain

AUGMENTATIONS = (
    "BadPhotoCopy", "BindingsAndFasteners", "BleedThrough", "BookBinding", "Brightness",
    "BrightnessTexturize", "ColorPaper", "ColorShift", "DelaunayTessellation", "DirtyDrum", "DirtyRollers",
    "DirtyScreen", "Dithering", "Faxify", "Folding", "Gamma", "Geometric", "GlitchEffect", "InkBleed",
    "InkColorSwap", "InkMottling", "InkShifter", "Jpeg", "LCDScreenPattern", "LightingGradient",
    "LinesDegradation", "LowInkPeriodicLines", "LowInkRandomLines", "LowLightNoise", "Letterpress", "Markup",
    "Moire", "NoiseTexturize", "NoisyLines", "PageBorder", "PatternGenerator", "ReflectedLight", "ShadowCast",
    "Squish", "Stains", "SubtleNoise", "VoronoiTessellation", "WaterMark",
)  # fmt: skip
PIPELINE = "default pipeline"
PATIENCE_S = 30
"""Some augmentations do not come to an end on some pages: those pages are left out."""


def main() -> None:
    asked = arguments()
    try:
        augraphy = importlib.import_module("augraphy")
    except ImportError:
        sys.exit("augraphy is not installed: pip install augraphy==8.2.6")
    signal.signal(signal.SIGALRM, give_up)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # it leaves its cache where it stands
        report(augraphy, asked)


def report(augraphy: ModuleType, asked: argparse.Namespace) -> None:
    print("| augmentation | n | read | casc_F | misread | said |")
    print("|---|---|---|---|---|---|")
    total: Counter[str] = Counter()
    for name in (*AUGMENTATIONS, *[PIPELINE] * 4):
        counts, said = row(augraphy, name, asked.each, asked.seed + total["n"])
        total += counts
        print(
            f"| {name} | {counts['n']} | {counts['read']} | {counts['casc_F']} | {counts['misread']} | {dict(said)} |"
        )
    print(f"| all | {total['n']} | {total['read']} | {total['casc_F']} | {total['misread']} | |")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def row(augraphy: ModuleType, name: str, each: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    counts, said = Counter[str](), Counter[str]()
    for number in range(each):
        rng = np.random.default_rng([seed, number])
        page = press_page(int(rng.integers(24))) if number % 2 else one_qr_page(10_000_000 + number, 1)
        making = plain(rng, page)
        making.scanner.mode = "colour"
        picture = augmented(augraphy, name, making.scanner.scan(making.sheet(), rng), seed + number)
        if picture is not None:
            judge(making, picture, counts, said)
    return counts, said


def augmented(augraphy: ModuleType, name: str, picture: NDArray[np.uint8], seed: int) -> NDArray[np.uint8] | None:
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - augraphy draws from the global generators
    signal.alarm(PATIENCE_S)
    try:
        spoil = augraphy.default_augraphy_pipeline() if name == PIPELINE else getattr(augraphy, name)(p=1)
        spoilt = spoil(picture)
    except Exception as error:  # noqa: BLE001 - what another's augmentation cannot do is no finding about ours
        print(f"{name}: {type(error).__name__}", file=sys.stderr)
        return None
    finally:
        signal.alarm(0)
    first = spoilt[0] if isinstance(spoilt, tuple) else spoilt
    return np.clip(np.asarray(first), 0, 255).astype(np.uint8)


def judge(making: Making, picture: NDArray[np.uint8], counts: Counter[str], said: Counter[str]) -> None:
    page = making.page
    data = cv2.imencode(".png", picture)[1].tobytes()
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        found, _ = check_page(0, open_file(Path(file.name)).page(0), page.form, EVENT)
    right = (found.kit, found.page) == (page.kit, page.number)
    text = build_payload(page.form, event=EVENT, kit=page.kit, page=page.number, pages=page.form.pages)
    counts += Counter(n=1, read=right, casc_F=text in cascade(data), misread=found.kit is not None and not right)
    said.update(problem.code.value for problem in found.problems)


if __name__ == "__main__":
    main()
