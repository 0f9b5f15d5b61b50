"""A wrong setting is named in one sentence, exit 2, and nothing of a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import WrongSetting, load_settings
from tests.planted import TOKEN

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"APROBOT_TELEGRAM__TOKEN": TOKEN}


@pytest.fixture
def given(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def give(**settings: str):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return give


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APROBOT_TELEGRAM__TOKEN", "не токен"),
        ("APROBOT_TELEGRAM__TOKEN", "99999999999999999999:" + "A" * 35),
        ("APROBOT_TELEGRAM__API_URL", "api.example.org"),
        ("APROBOT_TELEGRAM__API_URL", "http://"),
        ("APROBOT_TELEGRAM__PROXY", "ftp://proxy.example.org:21"),
        ("APROBOT_TELEGRAM__PROXY", "socks5://proxy.example.org"),
        ("APROBOT_TELEGRAM__PROXY", "socks5://имя:пароль@proxy.example.org:1080"),
        ("APROBOT_TELEGRAM__PROXY", "proxy.example.org:3128"),
        ("APROBOT_TELEGRAM__PROXY", "http://proxy.example.org:порт"),
        ("APROBOT_FILES__ENDPOINT", "s3.example.org"),
        ("APROBOT_METRICS__PORT", "-1"),
        ("APROBOT_TELEGRAM__MODE", "telepathy"),
        ("APROBOT_TELEGRAM__LOCAL_FILES", "наверное"),
        ("APROBOT_TELEGRAM__TOKNE", "опечатка"),
        ("APROBOT_DATABASE__URL", "mysql://localhost/x"),
        ("APROBOT_DATABASE__URL", "postgresql://localhost"),
        ("APROBOT_DATABASE__URL", "postgresql://user:pa@localhost:порт/x"),
        ("APROBOT_DATABASE__URL", "postgresql://[::1/x"),
        ("APROBOT_DATABASE__URL", "sqlite:///"),
        ("APROBOT_FILES__URL", "/просто/путь"),
        ("APROBOT_FILES__URL", "file:"),
        ("APROBOT_WEB__PORT", "70000"),
        ("APROBOT_WEB__PORT", "восемь"),
        ("APROBOT_WEB__PUBLIC_URL", "example.org"),
        ("APROBOT_WEB__PUBLIC_URL", "https://example.org/bot"),
        ("APROBOT_WEB__LINK_SECRET", "короткий"),
        ("APROBOT_RECOGNITION__WORKERS", "0"),
        ("APROBOT_LOG__LEVEL", "ГРОМКО"),
        ("APROBOT_LOG__FORMAT", "xml"),
        ("APROBOT_TELEGRAM", "не json"),
    ],
)
def test_a_wrong_one_is_named(given, name, value):
    given(**GOOD | {name: value})
    with pytest.raises(WrongSetting) as told:
        load_settings(need_token=True)
    assert told.value.name == name


def test_a_missing_token_and_a_webhook_without_its_secret(given):
    with pytest.raises(WrongSetting, match="TOKEN"):
        load_settings(need_token=True)
    given(**GOOD, APROBOT_TELEGRAM__MODE="webhook")
    with pytest.raises(WrongSetting, match="WEBHOOK_URL"):
        load_settings(need_token=True)
    given(APROBOT_TELEGRAM__WEBHOOK_URL="https://bot.example.org")
    for secret in ("", "короткий", "short", "со знаком!" * 4):
        given(APROBOT_TELEGRAM__WEBHOOK_SECRET=secret)
        with pytest.raises(WrongSetting, match="WEBHOOK_SECRET"):
            load_settings(need_token=True)
    given(APROBOT_TELEGRAM__WEBHOOK_SECRET="s" * 16)
    assert load_settings(need_token=True).telegram.webhook_secret.get_secret_value() == "s" * 16


def test_the_file_is_read_and_the_environment_goes_before_it(given, tmp_path):
    lines = (f"APROBOT_TELEGRAM__TOKEN={TOKEN}", "APROBOT_WEB__PORT=9000", "APROBOT_LOG__LEVEL=", "OTHER=1")
    (tmp_path / ".env").write_text("\n".join(lines))
    settings = load_settings(need_token=True)
    assert (settings.web.port, settings.log.level) == (9000, "INFO"), "an empty value is the default"
    given(APROBOT_WEB__PORT="9001")
    assert load_settings().web.port == 9001


def test_a_file_that_is_no_text_is_named(given, tmp_path):
    (tmp_path / ".env").write_bytes(b"APROBOT_WEB__PORT=\xff\xfe\x00")
    with pytest.raises(WrongSetting) as told:
        load_settings()
    assert (told.value.name, told.value.why) == (".env", "settings.unreadable")


def test_relative_places_are_meant_from_where_it_was_started(given, tmp_path):
    given(APROBOT_DATABASE__URL="sqlite:///var/a.db", APROBOT_FILES__URL="file:var/файлы № 1")
    settings = load_settings()
    assert settings.database.url == f"sqlite+aiosqlite:///{tmp_path}/var/a.db"
    assert settings.files.url == f"file://{tmp_path}/var/файлы № 1"


def test_the_example_file_shows_every_setting_with_its_default(given, tmp_path):
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = dict(line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))
    settings = load_settings(env_file=None)
    for group, values in settings.model_dump().items():
        for name in values:
            assert f"APROBOT_{group}__{name}".upper() in shown, name
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    assert load_settings() == settings


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_the_command_says_it_in_one_sentence(command, tmp_path):
    done = run(command, tmp_path, APROBOT_DATABASE__URL="mysql://localhost/x")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "APROBOT_DATABASE__URL" in done.stderr
    assert done.stdout == ""


def run(command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | GOOD | {"PYTHONPATH": str(ROOT)} | settings
    command_line = [sys.executable, "-m", "bot", command]
    return subprocess.run(
        command_line, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False
    )
