"""The watch over logs sees what it must see. A run of its own is started: a leak there must fail it."""

import subprocess
import sys

import pytest
import structlog

from tests import planted
from tests.log_watch import log_lines, secrets_in
from tests.postgres import ROOT

LEAKY = """
import logging

def test_logs_a_name():
    logging.getLogger("x").warning("sent to {name}")

def test_leaves_a_log(tmp_path):
    (tmp_path / "server.log").write_text('{{"event": "sent", "to": "{phone}"}}')
"""


@pytest.mark.parametrize("secret", [planted.NAME, planted.PHONE, planted.MESSAGE, planted.TOKEN])
def test_planted_words_are_found_in_any_line(secret):
    assert secrets_in(f"2026-08-23 10:00:00 [info ] sent text={secret}")


def test_words_escaped_by_json_are_found():
    assert secrets_in('{"event": "sent", "to": "\\u041f\\u043b\\u0430\\u043d\\u0438\\u0434\\u0438\\u043d"}')


def test_a_line_with_ids_only_is_clean():
    assert secrets_in('{"event": "sent", "chat": 7000000001, "message": 12}') == []


def test_of_output_only_log_lines_are_read():
    output = f'{planted.NAME} printed\n{{"event": "sent", "level": "info"}}\n\x1b[2m2026-08-23T10:00:00Z\x1b[0m sent'
    assert log_lines(output) == ['{"event": "sent", "level": "info"}', "2026-08-23T10:00:00Z sent"]


def test_a_leak_fails_the_run(tmp_path):
    (tmp_path / "test_leaky.py").write_text(LEAKY.format(name=planted.NAME, phone=planted.PHONE))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", tmp_path, tmp_path]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "2 passed" in run.stdout
    assert planted.NAME in run.stdout
    assert "server.log" in run.stdout


def test_the_product_logs_without_tokens(caplog):
    address = f"https://host/bot{planted.TOKEN}/sendMessage"
    structlog.get_logger("services.telegram").error("send.failed", why=address, tried=[{"address": address}])
    assert "send.failed" in caplog.text
    assert secrets_in(caplog.text) == []
