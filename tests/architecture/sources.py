"""The project's own files, as the tests of its rules read them. No git is needed: a machine may have none."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "handlers", "services", "recognition", "sandbox")
NOT_OURS = {".git", ".venv", ".tools", "var", "__pycache__", "node_modules"}
NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}


def our_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project, without what tools leave behind."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in NOT_OURS:
            yield from our_files(path)
        elif path.is_file() and path.name != ".env":
            yield path


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in our_files(ROOT / folder) if path.suffix == ".py"]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
