"""The documents say what is true: their links lead somewhere, the glossary's names and the named tests are there."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, our_files, python_files

DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in our_files() if path.suffix == ".md")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`]+)`")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str):
    path = ROOT / document
    assert [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()] == []


def rows(document: str) -> list[list[str]]:
    """The cells of all tables of a document, without their heads."""
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    tables = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|")]
    return [cells for cells in tables if not set("".join(cells)) <= set("-| ")]


@pytest.mark.parametrize("row", [row for row in rows("docs/glossary.md") if "`" in row[2]], ids=lambda row: row[0])
def test_a_name_of_the_glossary_is_in_the_code(row: list[str]):
    sources = "\n".join(
        path.read_text(encoding="utf-8") for place in CODE.findall(row[3]) for path in sources_of(place)
    )
    for name in CODE.findall(row[2]):
        assert re.search(rf"\b{name.rsplit('.', maxsplit=1)[-1].rstrip('/')}\b", sources), name


def sources_of(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else python_files(place)


@pytest.mark.parametrize("row", [row for row in rows("docs/bad-input.md") if row[0] != "input"], ids=lambda row: row[0])
def test_every_bad_input_has_its_test(row: list[str]):
    named = TEST.findall(row[2])
    assert named
    assert [f"{file}::{name}" for file, name in named if not is_there(ROOT / file, name)] == []


def is_there(file: Path, name: str) -> bool:
    return file.exists() and f"def {name}" in file.read_text(encoding="utf-8")


def test_each_dependency_has_its_line_in_the_decisions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=~!]", requirement)[0] for requirement in project["dependencies"]}
    explained = {name for row in rows("docs/decisions.md") for name in row[0].split(", ")}
    assert needed - explained == set()
