"""An event's file: read as written, and where it is wrong, one sentence that names the place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.events.read_event_file import EventFileFault, read_event_file

GOOD = """\
event:
  code: APR26
  title: Апробация
  kind: trial
  opens: 2026-08-23
  closes: 2026-08-29
  require: all
  form: {practice: 4}
  contacts: {email: help@example.org}
region: {code: 07, name: Учебная область, time_zone: Asia/Novosibirsk}
colleges:
  - {code: 007, name: "No", variant: 2}
materials:
  - {key: kits, title: Комплекты, file: kits.pdf, college: 007}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event.yaml"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_days_mean_from_the_first_second_to_the_last_of_the_regions_days(path: Path):
    opens, closes = read_event_file(written(path, GOOD)).window()
    assert opens.astimezone(UTC) == datetime(2026, 8, 22, 17, 0, tzinfo=UTC)
    assert closes.astimezone(UTC) == datetime(2026, 8, 29, 16, 59, 59, tzinfo=UTC)


def test_a_zone_of_its_own_and_an_hour(path: Path):
    text = GOOD.replace("closes: 2026-08-29", "closes: 2026-08-29 18:00\n  time_zone: Europe/Moscow")
    assert read_event_file(written(path, text)).window()[1].astimezone(UTC) == datetime(2026, 8, 29, 15, tzinfo=UTC)


def test_codes_stay_as_written(path: Path):
    """YAML would make the number 7 of 07 and a falsehood of No."""
    file = read_event_file(written(path, GOOD))
    assert (file.region.code, file.colleges[0].code, file.colleges[0].name) == ("07", "007", "No")


@pytest.mark.parametrize(
    ("right", "wrong", "what", "place", "line"),
    [
        ("closes: 2026-08-29", "closes: 29 августа", "moment", "event.closes", 6),
        ("opens: 2026-08-23", "opens: 2026-13-45", "moment", "event.opens", 5),
        ("opens: 2026-08-23", "opens: 2026-09-23", "window_backwards", "event.closes", 6),
        ("practice: 4", "practice: 400", "range", "event.form.practice", 8),
        ("practice: 4", "practice: четыре", "whole_number", "event.form.practice", 8),
        ("{practice: 4}", "{practice: 4, file: x}", "one_form", "event.form", 8),
        ("{practice: 4}", "4", "section", "event.form", 8),
        ("variant: 2", "variant: 5", "range", "colleges[1].variant", 12),
        ("variant: 2", "varant: 2", "unknown_key", "colleges[1].varant", 12),
        ("code: APR26", "code: апр26", "pattern_event_code", "event.code", 2),
        ("code: APR26", "code: APR26\n  code: X", "twice", "event.code", 3),
        ("kind: trial", "kind: test", "choice", "event.kind", 4),
        ("kind: trial", "kind: &a trial\n  require: *a", "alias", "event.require", 5),
        ("title: Апробация", "title: ", "empty", "event.title", 3),
        ("title: Апробация", "title: " + "я" * 301, "too_long", "event.title", 3),
        ("  title: Апробация\n", "", "missing", "event.title", 1),
        ("time_zone: Asia/Novosibirsk", "time_zone: Mars", "zone", "region.time_zone", 10),
        ("college: 007", "college: 7", "unknown_college", "materials[1].college", 14),
        ("key: kits", "key: Комплекты", "pattern_key", "materials[1].key", 14),
        ("  - {code: 007", "  {code: 007", "list", "colleges", 11),
        ("colleges:", "colleges: [", "not_yaml", "", 12),
    ],
)
def test_a_wrong_file_names_the_place(path: Path, right: str, wrong: str, what: str, place: str, line: int):
    assert right in GOOD
    with pytest.raises(EventFileFault) as fault:
        read_event_file(written(path, GOOD.replace(right, wrong, 1)))
    assert (fault.value.what, fault.value.place, fault.value.line) == (what, place, line)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "section"),
        (b"[]", "section"),
        (b"just words", "section"),
        (b"\xff\xfe\x00", "not_utf8"),
        (b"a: b", "unknown_key"),
        (b"a: " * 3, "not_yaml"),
        (b"[" * 3000, "alias"),
        (b"x" * 2_000_001, "file_too_large"),
    ],
)
def test_what_is_no_event_file_is_told_so(path: Path, content: bytes, what: str):
    path.write_bytes(content)
    with pytest.raises(EventFileFault) as fault:
        read_event_file(path)
    assert fault.value.what == what


def test_a_missing_file_is_told_so(path: Path):
    with pytest.raises(EventFileFault) as fault:
        read_event_file(path)
    assert fault.value.what == "unreadable"


def test_the_example_in_the_documentation_is_right():
    file = read_event_file(Path(__file__).parents[2] / "docs" / "examples" / "event.yaml")
    assert file.event.code == "APR26"
    assert file.region.coordinator is not None
