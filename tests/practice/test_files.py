"""Scans in files: each format opens again with the right pages, density and mode."""

import functools
import json

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageSequence

from recognition.form import practice_form
from recognition.simulator import FileFormat, Mode, ScanRun, ScanSettings, write_scans
from tests.practice.conftest import KITS, PAGES, scanned

PILLOW_MODE = {Mode.GREY: "L", Mode.COLOUR: "RGB", Mode.BILEVEL: "1"}
ALL = KITS * PAGES
DPI = 100


@functools.cache
def pages_of(pdf, mode):
    """Made once for all formats of a mode."""
    return scanned(pdf, mode=mode, dpi=DPI, seed=1)


def written(pdf, out, file_format, mode=Mode.GREY, **settings):
    pages = scanned(pdf, mode=mode, **settings) if settings else pages_of(pdf, Mode(mode))
    return pages, list(write_scans(pages, out, file_format))


def close_to(image: Image.Image, page) -> bool:
    wanted = page.picture if page.picture.ndim == 2 else page.picture[..., ::-1]
    mode = "L" if page.picture.ndim == 2 else "RGB"
    return float(np.abs(np.asarray(image.convert(mode), dtype=float) - wanted).mean()) < 4


@pytest.mark.parametrize(
    ("file_format", "mode"), [("jpg", "grey"), ("jpg", "colour"), ("png", "grey"), ("png", "bilevel")]
)
def test_a_file_for_each_page(kits_pdf, tmp_path, file_format, mode):
    pages, rows = written(kits_pdf, tmp_path, file_format, mode=mode)
    assert [row["file"] for row in rows] == [f"scan-{number:04d}.{file_format}" for number in range(1, ALL + 1)]
    for page, row in zip(pages, rows, strict=True):
        with Image.open(tmp_path / row["file"]) as image:
            assert image.mode == PILLOW_MODE[Mode(mode)]
            assert np.allclose(image.info["dpi"], DPI, atol=0.1)
            assert close_to(image, page)


@pytest.mark.parametrize("mode", list(Mode))
def test_one_tiff_of_all_pages(kits_pdf, tmp_path, mode):
    pages, rows = written(kits_pdf, tmp_path, "tiff", mode=mode)
    assert {row["file"] for row in rows} == {"scans.tiff"}
    with Image.open(tmp_path / "scans.tiff") as image:
        frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
        assert image.tag_v2[259] == (4 if mode is Mode.BILEVEL else 7)
        assert image.info["dpi"] == (DPI, DPI)
    assert [frame.mode for frame in frames] == [PILLOW_MODE[mode]] * ALL
    assert all(close_to(frame, page) for frame, page in zip(frames, pages, strict=True))


@pytest.mark.parametrize("mode", list(Mode))
def test_one_pdf_with_one_picture_a_page(kits_pdf, tmp_path, mode):
    pages, _ = written(kits_pdf, tmp_path, "pdf", mode=mode)
    document = pdfium.PdfDocument(tmp_path / "scans.pdf")
    assert len(document) == ALL
    for number, page in enumerate(pages):
        assert np.allclose(document[number].get_size(), (595.3, 841.9), atol=0.5)
        (image,) = list(document[number].get_objects())
        assert image.get_filters() == ["CCITTFaxDecode" if mode is Mode.BILEVEL else "DCTDecode"]
        assert image.get_px_size() == (827, 1169)
        assert close_to(image.get_bitmap(render=False).to_pil(), page)


@pytest.mark.parametrize("file_format", ["tiff", "pdf"])
def test_photos_among_bilevel_pages_stay_photos(kits_pdf, tmp_path, file_format):
    written(kits_pdf, tmp_path, file_format, mode=Mode.BILEVEL, defects=["photo_not_scan"], share=0.2)
    if file_format == "tiff":
        with Image.open(tmp_path / "scans.tiff") as image:
            modes = [frame.mode for frame in ImageSequence.Iterator(image)]
        assert sorted(set(modes)) == ["1", "RGB"]
    else:
        document = pdfium.PdfDocument(tmp_path / "scans.pdf")
        assert {next(page.get_objects()).get_filters()[0] for page in document} == {"CCITTFaxDecode", "DCTDecode"}


def test_a_cameras_own_file_says_so_and_a_messengers_says_nothing(kits_pdf, tmp_path):
    pages, rows = written(kits_pdf, tmp_path, "jpg", defects=["photo_not_scan"], share=1.0, seed=3)
    for page, row in zip(pages, rows, strict=True):
        with Image.open(tmp_path / row["file"]) as image:
            assert (image.getexif().get(0x0110) is not None) is page.camera
            assert "dpi" not in image.info or page.camera


def test_a_low_resolution_page_has_its_own_density(kits_pdf, tmp_path):
    _, rows = written(kits_pdf, tmp_path, "jpg", defects=["low_resolution"], share=1.0)
    for row in rows:
        with Image.open(tmp_path / row["file"]) as image:
            assert round(image.info["dpi"][0]) == row["dpi"] <= 100


def test_bilevel_jpeg_is_refused(kits_pdf, tmp_path):
    with pytest.raises(ValueError):
        written(kits_pdf, tmp_path, "jpg", mode=Mode.BILEVEL)


def test_a_broken_run_leaves_no_half_file(kits_pdf, tmp_path):
    rows = write_scans(scanned(kits_pdf, dpi=60), tmp_path, "pdf")
    next(rows)
    rows.close()
    assert list(tmp_path.iterdir()) == []


def test_two_processes_write_what_one_does(kits_pdf, tmp_path):
    settings = ScanSettings(dpi=60, seed=4, defects=["skewed"], form=practice_form(PAGES))
    truths = []
    for workers in (1, 2):
        run = ScanRun(kits_pdf, settings, FileFormat.PDF, workers)
        assert len(run) == ALL
        truths.append(json.dumps(list(write_scans(run, tmp_path / str(workers), "pdf"))))
    assert truths[0] == truths[1]
    assert (tmp_path / "1" / "scans.pdf").read_bytes() == (tmp_path / "2" / "scans.pdf").read_bytes()
