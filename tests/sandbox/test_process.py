"""The messenger as a process of its own: its one line, its refusals, its end."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def start(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "sandbox", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_says_where_it_is_and_ends_on_a_signal(tmp_path: Path):
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"id": 5, "name": "Вера", "role": "centre"}]), "utf-8")
    with start("--port", "0", "--people", str(people)) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{url}/people") as answer:
            assert json.load(answer) == [{"id": 5, "name": "Вера", "role": "centre"}]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert url.startswith("http://127.0.0.1:")


def test_a_busy_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with start("--port", str(port)) as process:
            _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert complaint.splitlines() == [
        f"Порт {port} занят: остановите программу, которая его держит, или выберите другой порт ключом --port."
    ]


@pytest.mark.parametrize("content", ["", "{}", '[{"name": "no id"}]', "[1]", '[{"id": "x", "name": "y"}]'])
def test_a_wrong_list_of_people_is_one_sentence(tmp_path: Path, content: str):
    people = tmp_path / "people.json"
    people.write_text(content, "utf-8")
    with start("--port", "0", "--people", str(people)) as process:
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 2
    assert len(complaint.splitlines()) == 1
    assert complaint.startswith(f"Не читается список людей {people}")
