"""Functions one reads at a glance, files one finds the way in, and nothing that speaks of anything but the project."""

import ast

import pytest

from tests.architecture.sources import ROOMS, ROOT, our_files, parsed, place, python_files

LONGEST_FUNCTION = 80
LONGEST_FILE = 500
CODE = (*ROOMS, "benchmarks", "tests")
REGISTRIES = ["py" + "pi.org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian.org"]
ELSEWHERE = ["../" + "shared", "/work/" + "main", "/tmp/" + "brief"]
OWN_NAME = "Апробот"
RULES_ABOUT_LETTERS = {"services/texts/typography.py"}
LEFT_OVERS = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]


def test_functions_are_short():
    long = [
        place(path, node.lineno)
        for path in python_files(*CODE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines(node) > LONGEST_FUNCTION
    ]
    assert long == []


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_short():
    assert [str(path) for path in python_files(*CODE) if path.read_bytes().count(b"\n") > LONGEST_FILE] == []


@pytest.mark.parametrize("word", REGISTRIES + ELSEWHERE)
def test_no_file_speaks_of_another_place(word: str):
    """A registry's address in a lock would bind everybody to it; a path of one machine means nothing on another."""
    assert [str(path) for path in our_files() if word.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("word", LEFT_OVERS)
def test_no_left_overs(word: str):
    assert [str(path) for path in python_files(*CODE) if word in path.read_text(encoding="utf-8")] == []


def test_people_read_texts_of_the_catalogue_only():
    """Docstrings and comments may say a Russian term; a value that the program handles may not."""
    found = [
        place(path, node.lineno)
        for path in python_files(*ROOMS)
        if str(path.relative_to(ROOT)) not in RULES_ABOUT_LETTERS
        for node in strings(parsed(path))
        if node.value != OWN_NAME and any("Ѐ" <= letter <= "ӿ" for letter in node.value)
    ]
    assert found == []


def strings(tree: ast.Module) -> list[ast.Constant]:
    """Every string of a module that is not its, a class's, a function's or a name's docstring."""
    written = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in written
    ]
