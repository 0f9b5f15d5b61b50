"""Learns each layout of the tests' own generator and prints what was inferred, right or wrong, one row each.

`python -m benchmarks.forms_learning [--scans]`: with scans, every page is scanned by simulation and checked too.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from recognition.files.open_file import open_file
from recognition.form import Form, load_form, parse_payload
from recognition.form_learning.faults import LearnError
from recognition.form_learning.learn import learn
from recognition.pages.check import check_page
from recognition.simulator import FileFormat, ScanSettings, encode, scan_pages
from tests.recognition.forms_learning.layouts import LAYOUTS, Layout

NEAR_MM = 0.1


def judged(layout: Layout, plain: dict[str, Any], count: int = 4) -> dict[str, bool]:
    """Property to whether it was inferred right."""
    form = load_form(plain["form"])
    kits = layout.kits(count)
    named = [
        parse_payload(form, layout.payload(kit, page, layout.pages))
        for kit in kits
        for page in range(1, layout.pages + 1)
    ]
    expected = [(kit, page) for kit in kits for page in range(1, layout.pages + 1)]
    unknown = layout.kits(9)[-1]
    other = parse_payload(form, layout.payload(unknown, layout.pages, layout.pages))
    return {
        "paper": form.paper == layout.paper,
        "pages": form.pages == layout.pages,
        "symbols": all(_near([s.box for s in form.kind_of(p).symbols], layout.places(p)[0]) for p in _pages(layout)),
        "squares": all(_near([s.box for s in form.kind_of(p).squares], layout.places(p)[1]) for p in _pages(layout)),
        "kit+page": [(it.kit, it.page) for it in named if it] == expected,
        "other kits": other is not None and (other.kit, other.page) == (unknown, layout.pages),
        "check": form.payload.check == layout.check,
        "event": layout.event is None or (named[0] is not None and named[0].event == layout.event),
    }


def _pages(layout: Layout) -> range:
    return range(1, layout.pages + 1)


def _near(found: list[Any], wanted: tuple[Any, ...]) -> bool:
    pairs = zip(sorted(found), sorted(wanted), strict=False)
    return len(found) == len(wanted) and all(
        abs(a - b) <= NEAR_MM for one, two in pairs for a, b in zip(one, two, strict=True)
    )


def scanned(path: Path, form: Form) -> tuple[int, int, int]:
    """Pages whose kit and page are named, those of them without a problem, and all pages; at 200 dpi grey."""
    named = good = pages = 0
    settings = ScanSettings(dpi=200, form=form, seed=3)
    for index, scan in enumerate(scan_pages(path.read_bytes(), settings)):
        picture = path.with_name("scan.jpg")
        picture.write_bytes(encode(scan, FileFormat.JPG).data)
        report, _ = check_page(index, open_file(picture).page(0), form, None)
        bad = [problem.code for problem in report.problems if problem.severity != "note"]
        pages, named = pages + 1, named + (report.kit is not None)
        good += report.kit is not None and not bad
        if bad:
            print("   ", index, bad)
    return named, good, pages


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scans", action="store_true")
    wanted = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for layout in LAYOUTS:
            path = Path(folder) / "kits.pdf"
            path.write_bytes(layout.pdf())
            try:
                plain = learn(path, "learned", layout.event)
            except LearnError as error:
                print(f"{layout.name}: refused, {error}")
                continue
            told = "  ".join(f"{name} {'ok' if right else 'WRONG'}" for name, right in judged(layout, plain).items())
            notes = ", ".join(note["code"] for note in plain["notes"])
            print(f"{layout.name}\n    {told}\n    {plain['form']['payload']['pattern']}\n    notes: {notes}")
            if wanted.scans:
                named, good, pages = scanned(path, load_form(plain["form"]))
                print(f"    scans: {named} of {pages} pages named, {good} without a problem")


if __name__ == "__main__":
    main()
