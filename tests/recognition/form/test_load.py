"""A form is data: it is proved when it is read, and a broken one says what is wrong and where."""

import copy
import json
from itertools import combinations

import pytest

from recognition.form import Form, FormError, FormFault, form_to_json, load_form, practice_form
from recognition.form.fields import strips

LANDSCAPE = {
    "name": "other",
    "paper": [297, 210],
    "pages": 2,
    "kinds_by_page": ["task", "answer_sheet"],
    "kinds": {
        "answer_sheet": {
            "symbols": [{"corner": "top_left", "box": [10, 10, 20, 20]}],
            "squares": [
                {"name": "top_right", "box": [280, 10, 5, 5]},
                {"name": "bottom_left", "box": [10, 195, 5, 5]},
                {"name": "bottom_right", "box": [280, 195, 5, 5]},
            ],
        },
        "task": {"symbols": [{"corner": "top_left", "box": [10, 10, 20, 20]}], "squares": []},
    },
    "payload": {"pattern": "(?P<kit>[0-9]{4})-(?P<page>[0-9])", "template": "{kit}-{page}"},
}


def broken(*path: str | int, to: object) -> dict[str, object]:
    """The practice form with one value put wrong."""
    form = form_to_json(practice_form())
    inner = form
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return form


def test_practice_form_is_what_the_kits_promise():
    form = practice_form()
    sheet, task = form.kind_of(1), form.kind_of(2)
    assert (sheet.name, task.name, form.kind_of(20).name) == ("answer_sheet", "task", "task")
    assert form.paper == (210, 297)
    assert [square.box[2:] for square in sheet.squares] == [(7, 7)] * 6
    assert {square.name for square in sheet.squares} == {
        f"{row}_{side}" for row in ("top", "middle", "bottom") for side in ("left", "right")
    }
    assert not task.squares


@pytest.mark.parametrize("page", [1, 2])
def test_symbols_are_diagonal_and_keep_their_quiet_zone(page):
    kind = practice_form().kind_of(page)
    assert [symbol.box[2:] for symbol in kind.symbols] == [(25, 25)] * 2
    (first, second) = (symbol.box for symbol in kind.symbols)
    assert abs(first[0] - second[0]) > 25, "a feed streak must not cross both"
    assert abs(first[1] - second[1]) > 25
    quiet = 4 * 25 / 29
    others = [square.box for square in kind.squares] + list(kind.fields)
    for x, y, width, height in (symbol.box for symbol in kind.symbols):
        assert min(x, y, 210 - x - width, 297 - y - height) > quiet
        assert not any(
            ox < x + width + quiet and x - quiet < ox + ow and oy < y + height + quiet and y - quiet < oy + oh
            for ox, oy, ow, oh in others
        )


def test_fields_lie_apart():
    for kind in practice_form().kinds.values():
        for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(kind.fields, 2):
            assert ax + aw <= bx + 1e-6 or bx + bw <= ax + 1e-6 or ay + ah <= by or by + bh <= ay


def test_cells_join_into_rows():
    rows = strips(practice_form().kind_of(1).fields)
    assert [len(row.cells) for row in rows[:4]] == [6, 6, 4, 2]
    assert {len(row.cells) for row in rows[4:]} == {10}
    assert not any(row.is_line for row in rows)
    assert all(row.is_line for row in strips(practice_form().kind_of(2).fields))


@pytest.mark.parametrize("pages", [1, 4, 99])
def test_written_form_reads_back_the_same(pages, tmp_path):
    path = tmp_path / "form.json"
    path.write_text(json.dumps(form_to_json(practice_form(pages))), encoding="utf-8")
    assert load_form(path) == practice_form(pages)


def test_another_form_is_another_json():
    form = load_form(LANDSCAPE)
    assert isinstance(form, Form)
    assert (form.kind_of(1).name, form.kind_of(2).name) == ("task", "answer_sheet")
    assert len(form.kind_of(2).squares) == 3
    assert load_form(form_to_json(form)) == form


@pytest.mark.parametrize("pages", [0, -1, 100])
def test_page_count_out_of_range(pages):
    with pytest.raises(FormError) as error:
        practice_form(pages)
    assert error.value.fault is FormFault.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("source", "fault", "where"),
    [
        (broken("paper", to=[210, "297"]), "wrong_type", "paper[1]"),
        (broken("paper", to=[210]), "out_of_range", "paper"),
        (broken("paper", to=[210, float("nan")]), "out_of_range", "paper[1]"),
        (broken("pages", to=0), "out_of_range", "pages"),
        (broken("pages", to=True), "wrong_type", "pages"),
        (broken("extra", to=1), "unknown_key", ""),
        (broken("kinds", to={}), "unknown_name", "kinds_by_page[0]"),
        (broken("kinds", "cover", to={}), "unknown_name", "kinds.cover"),
        (broken("kinds", to=[]), "wrong_type", "kinds"),
        (broken("kinds_by_page", to=[]), "out_of_range", "kinds_by_page"),
        (broken("kinds", "task", "symbols", to=[]), "out_of_range", "kinds.task.symbols"),
        (broken("kinds", "task", "symbols", 0, "corner", to="centre"), "unknown_name", "kinds.task.symbols[0].corner"),
        (broken("kinds", "task", "symbols", 1, "corner", to="top_right"), "duplicate", "kinds.task.symbols"),
        (
            broken("kinds", "task", "symbols", 0, "box", to=[190, 10, 25, 25]),
            "outside_paper",
            "kinds.task.symbols[0].box",
        ),
        (broken("kinds", "task", "symbols", 0, "box", to=[10, 10, 0, 25]), "out_of_range", "kinds.task.symbols[0].box"),
        (broken("kinds", "task", "symbols", 0, "box", to=[10, 260, 25, 25]), "overlap", "kinds.task"),
        (
            broken("kinds", "answer_sheet", "squares", 0, "name", to="a"),
            "unknown_name",
            "kinds.answer_sheet.squares[0].name",
        ),
        (broken("kinds", "task", "fields", 0, to=[0, 0, 300, 5]), "outside_paper", "kinds.task.fields[0]"),
        (broken("payload", "pattern", to="("), "bad_pattern", "payload.pattern"),
        (broken("payload", "pattern", to="(?P<kit>.)"), "bad_pattern", "payload.pattern"),
        (broken("payload", "template", to="{kit.__class__}"), "bad_template", "payload.template"),
        (broken("payload", "template", to="{event}{kit}{page}{pages}{check}x"), "bad_template", "payload.template"),
        (
            broken("payload", "template", to="{event}{kit}{page:9999999d}{pages}{check}"),
            "bad_template",
            "payload.template",
        ),
        (broken("payload", "check", to="md5"), "unknown_name", "payload.check"),
    ],
)
def test_a_broken_form_says_what_and_where(source, fault, where):
    with pytest.raises(FormError) as error:
        load_form(source)
    assert (error.value.fault, error.value.where) == (FormFault(fault), where)
    assert fault in str(error.value)


@pytest.mark.parametrize(
    ("grid", "fault"),
    [
        ({"at": [10, 10], "cell": [7, 8], "columns": 40, "rows": 1}, "outside_paper"),
        ({"at": [10, 10], "cell": [7, 8], "columns": 0, "rows": 1}, "out_of_range"),
        ({"at": [10, 10], "cell": [7, 8], "columns": 2}, "missing_key"),
        ("cells", "wrong_type"),
    ],
)
def test_a_broken_grid_is_named(grid, fault):
    source = broken("kinds", "task", "fields", to=[copy.deepcopy(grid)])
    with pytest.raises(FormError) as error:
        load_form(source)
    assert error.value.fault is FormFault(fault)
    assert error.value.where.startswith("kinds.task.fields[0]")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[]", "wrong_type"),
        (b" " * 1_000_001, "out_of_range"),
    ],
)
def test_a_file_that_is_no_form(content, fault, tmp_path):
    path = tmp_path / "form.json"
    path.write_bytes(content)
    with pytest.raises(FormError) as error:
        load_form(path)
    assert error.value.fault is FormFault(fault)


def test_a_form_that_is_not_there(tmp_path):
    with pytest.raises(FormError) as error:
        load_form(tmp_path / "none.json")
    assert error.value.fault is FormFault.UNREADABLE
