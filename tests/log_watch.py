"""Reads every log of a test run when it ends: a token, a name, a phone or a message in one of them fails the run.

Logs are what tests capture (by test, from any worker) and the files `*.log` that started processes leave under the
tests' temporary folder. Of captured output only the lines are read that are log lines: a command may well print a name.
"""

import json
import re
from pathlib import Path

import pytest

from tests.planted import PLANTED

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{35}")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LOG_LINE = re.compile(r'^(\{.*"event":|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b)')
SHOWN = 20


class LogWatch:
    """A plugin of the test run's first process, which sees the reports of all workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.leaks: list[str] = []
        self.read = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        captured = report.caplog.splitlines() + log_lines(report.capstderr) + log_lines(report.capstdout)
        self.look(f"{report.nodeid} ({report.when})", captured)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        for path in log_files(self.config):
            self.look(str(path), path.read_text(encoding="utf-8", errors="replace").splitlines())
        if self.leaks and session.exitstatus in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.leaks:
            terminalreporter.section("secrets and personal data in logs", red=True)
            terminalreporter.write_line("\n".join(self.leaks[:SHOWN]))

    def look(self, where: str, lines: list[str]) -> None:
        self.read += len(lines)
        self.leaks += [f"{where}: {found} in: {line[:300]}" for line in lines for found in secrets_in(line)]


def log_files(config: pytest.Config) -> list[Path]:
    factory: pytest.TempPathFactory = config._tmp_path_factory  # type: ignore[attr-defined]  # pytest has no public name for it
    return sorted(path for path in factory.getbasetemp().rglob("*.log") if path.is_file())


def log_lines(output: str) -> list[str]:
    return [line for line in COLOUR.sub("", output).splitlines() if LOG_LINE.match(line)]


def secrets_in(line: str) -> list[str]:
    """What stands in a log line and must not: also where JSON wrote its letters as escapes."""
    readable = line + unescaped(line)
    found = [planted for planted in PLANTED if planted in readable]
    return found + (["a bot token"] if TOKEN.search(readable) else [])


def unescaped(line: str) -> str:
    try:
        return json.dumps(json.loads(line), ensure_ascii=False) if "\\u" in line else ""
    except ValueError:
        return ""
