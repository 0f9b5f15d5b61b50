"""What holds for any bytes at all: a right answer or a refusal, never anything else."""

import io
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from recognition.codes import PageProblem, PageQr, Severity, SymbolState, Verdict
from recognition.files.open_file import open_file
from recognition.files.refused import FileRefusedError
from recognition.files.sniff import FileFormat, sniff
from recognition.files.tiff_directory import read_directories
from recognition.form import build_payload, parse_payload
from recognition.pages.check import check_page
from recognition.pool.wire import report_from_json, report_to_json
from recognition.report import Fiducials, PageReport, Problem, SymbolReading
from tests.recognition.drawn import KIT, PRACTICE, printed, scanned
from tests.recognition.hostile.made import as_png

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
FEW = settings(UNHURRIED, max_examples=12)
FIGURE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda figure: round(figure, 3))
BOX = st.none() | st.tuples(FIGURE, FIGURE, FIGURE, FIGURE)


@given(st.binary(max_size=600))
@UNHURRIED
def test_any_bytes_are_a_format_or_refused(data: bytes) -> None:
    with suppress(FileRefusedError):
        assert sniff(data) in FileFormat


@given(st.sampled_from([b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]), st.binary(max_size=400))
@UNHURRIED
def test_any_directory_ends(magic: bytes, data: bytes) -> None:
    with suppress(FileRefusedError):
        assert len(read_directories(memoryview(magic + data), 5)) <= 6


@given(st.text(max_size=600))
@UNHURRIED
def test_any_text_is_a_sound_payload_or_none(text: str) -> None:
    identity = parse_payload(PRACTICE, text)
    if identity is not None:
        again = build_payload(
            PRACTICE,
            event=identity.event or "",
            kit=identity.kit,
            page=identity.page,
            pages=identity.pages or PRACTICE.pages,
        )
        assert again == text


@given(st.integers(0, 25), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
@UNHURRIED
def test_no_letter_of_a_payload_can_be_changed(at: int, letter: str) -> None:
    sound = build_payload(PRACTICE, event="PRACTICE", kit="1234567", page=1, pages=4)
    changed = sound[:at] + letter + sound[at + 1 :]
    assert changed == sound or parse_payload(PRACTICE, changed) is None


@cache
def whole_files() -> dict[str, bytes]:
    page = scanned(printed(), 150)
    return {"png": as_png(page), **{kind.lower(): _of(page, kind) for kind in ("JPEG", "WEBP", "TIFF", "PDF")}}


def _of(page: object, kind: str) -> bytes:
    stream = io.BytesIO()
    how = {"resolution": 150} if kind == "PDF" else {"dpi": (150, 150)} if kind != "WEBP" else {}
    Image.fromarray(page).save(stream, kind, **how)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff", "pdf"])
@given(where=st.floats(0.01, 0.9999))
@FEW
def test_a_file_cut_at_any_byte_is_that_page_or_refused(kind: str, where: float) -> None:
    sound = whole_files()[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan"
        path.write_bytes(sound[: max(1, int(len(sound) * where))])
        with suppress(FileRefusedError):
            report, _ = check_page(0, open_file(path).page(0), PRACTICE, "TEST")
            assert report.kit in (KIT, None)


@given(
    st.builds(
        PageReport,
        index=st.integers(0, 200),
        verdict=st.sampled_from(Verdict),
        qr=st.sampled_from(PageQr),
        kit=st.none() | st.text(max_size=9),
        page=st.none() | st.integers(1, 99),
        symbols=st.lists(
            st.builds(
                SymbolReading,
                st.text(max_size=12),
                st.sampled_from(SymbolState),
                st.none() | FIGURE,
                st.none() | st.dictionaries(st.text(max_size=8), FIGURE, max_size=4),
            ),
            max_size=3,
        ).map(tuple),
        fiducials=st.builds(Fiducials, st.integers(0, 8), st.integers(0, 8), st.lists(st.text(max_size=9)).map(tuple)),
        skew_deg=st.none() | FIGURE,
        problems=st.lists(
            st.builds(
                Problem,
                st.sampled_from(PageProblem),
                st.sampled_from(Severity),
                BOX,
                BOX,
                st.dictionaries(st.text(max_size=8), FIGURE | st.text(max_size=8), max_size=3),
            ),
            max_size=4,
        ).map(tuple),
    )
)
@UNHURRIED
def test_a_report_comes_back_from_a_child_as_it_was(report: PageReport) -> None:
    assert report_from_json(report_to_json(report)) == report
