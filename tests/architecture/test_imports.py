"""The direction of imports is held by contracts, and the contracts see a violation."""

import ast
import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOMS, ROOT, parsed, place, python_files

VIOLATIONS = [
    ("recognition/planted.py", "import services", "rooms"),
    ("services/planted.py", "import handlers", "rooms"),
    ("handlers/planted.py", "import bot", "rooms"),
    ("bot/planted.py", "import sandbox", "sandbox-is-outside"),
    ("sandbox/planted.py", "import services", "sandbox-speaks-by-wire"),
    ("handlers/planted.py", "import sqlalchemy", "thin-handlers"),
    ("handlers/planted.py", "import cv2", "thin-handlers"),
    ("services/kits/planted.py", "import aiogram", "one-messenger-room"),
    ("recognition/planted.py", "import aiogram", "pure-recognition"),
    ("recognition/planted.py", "import sqlalchemy", "pure-recognition"),
]
OWNERS_OF_DETACHED_WORK = {"bot/nursery.py", "sandbox/nursery.py"}
DETACHING = {"create_task", "ensure_future"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rooms, so that a violation can be planted in it."""
    copy = tmp_path_factory.mktemp("project")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.mark.parametrize(("path", "violation", "contract"), VIOLATIONS)
def test_a_planted_violation_is_caught(project: Path, path: str, violation: str, contract: str):
    planted = project / path
    planted.write_text(violation + "\n")
    try:
        assert check(project, contract) == 1
    finally:
        planted.unlink()


def check(project: Path, contract: str) -> int:
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    options = ["--no-logo", "--no-cache", "--contract", contract]
    return subprocess.run(
        [sys.executable, "-c", command, *options], cwd=project, capture_output=True, check=False
    ).returncode


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_are_ours(room: str):
    """Their names are generic: another package of that name must not come first."""
    assert Path(str(importlib.import_module(room).__file__)) == ROOT / room / "__init__.py"


def test_detached_work_has_one_owner():
    """A task group waits for its tasks, so it may start them; whoever else does it leaves one that nobody waits for."""
    found = [
        place(path, line)
        for path in python_files(*ROOMS)
        if str(path.relative_to(ROOT)) not in OWNERS_OF_DETACHED_WORK
        for line in detached(parsed(path))
    ]
    assert found == []


def detached(tree: ast.Module) -> list[int]:
    groups = {
        item.optional_vars.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if ast.unparse(item.context_expr) == "asyncio.TaskGroup()" and isinstance(item.optional_vars, ast.Name)
    }
    starts = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in DETACHING]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in DETACHING]
    return [node.lineno for node in (*starts, *names) if ast.unparse(node).split(".")[0] not in groups]


@pytest.mark.parametrize(
    "start", ["asyncio.create_task(x)", "asyncio.get_running_loop().create_task(x)", "ensure_future(x)"]
)
def test_a_detached_task_is_seen(start: str):
    assert detached(ast.parse(start)) == [1]
