"""`aprobot config`: what is in force and where it comes from, without a secret; and secrets that lie in files."""

import json

import pytest
from typer.testing import CliRunner

from bot.__main__ import make_app
from bot.settings import WrongSetting, load_settings
from tests.planted import TOKEN

PASSWORD = "пароль-который-не-показывают"
DATABASE = f"postgresql://aprobot:{PASSWORD}@db.example.org/aprobot?sslpassword={PASSWORD}"


@pytest.fixture
def given(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def give(**settings: str):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return give


def shown() -> dict[str, dict[str, str]]:
    result = CliRunner().invoke(make_app(), ["config", "--json"], catch_exceptions=False)
    return {one.pop("name"): one for one in json.loads(result.stdout)}


def test_each_setting_tells_where_it_comes_from(given, tmp_path):
    (tmp_path / "token").write_text(TOKEN + "\n")
    (tmp_path / ".env").write_text("APROBOT_WEB__PORT=9000\nAPROBOT_LOG__LEVEL=ERROR\nAPROBOT_WEB__HOST=\n")
    given(
        APROBOT_LOG__LEVEL="DEBUG",
        APROBOT_TELEGRAM__TOKEN_FILE=str(tmp_path / "token"),
        APROBOT_RECOGNITION='{"workers": 3}',
    )
    known = shown()
    assert known["APROBOT_WEB__PORT"] == {"value": "9000", "origin": "env_file", "place": ".env"}
    assert known["APROBOT_LOG__LEVEL"] == {"value": "DEBUG", "origin": "environment", "place": ""}
    assert known["APROBOT_WEB__HOST"] == {"value": "127.0.0.1", "origin": "default", "place": ""}
    assert known["APROBOT_RECOGNITION__WORKERS"] == {"value": "3", "origin": "environment", "place": ""}
    assert known["APROBOT_TELEGRAM__TOKEN"] == {
        "value": f"7000000001:***{TOKEN[-2:]}",
        "origin": "secret_file",
        "place": str(tmp_path / "token"),
    }


@pytest.mark.parametrize("arguments", [["config"], ["config", "--json"]])
def test_no_secret_is_shown(given, arguments):
    secrets = {
        "APROBOT_TELEGRAM__TOKEN": TOKEN,
        "APROBOT_TELEGRAM__WEBHOOK_SECRET": "тайна-вебхука-0123456789",
        "APROBOT_TELEGRAM__PROXY": f"http://me:{PASSWORD}@proxy.example.org:1080",
        "APROBOT_DATABASE__URL": DATABASE,
        "APROBOT_FILES__ACCESS_KEY": "ключ-доступа",
        "APROBOT_FILES__SECRET_KEY": "ключ-секрета",
        "APROBOT_WEB__LINK_SECRET": "тайна-ссылок-0123456789",
    }
    given(**secrets)
    said = CliRunner().invoke(make_app(), arguments, catch_exceptions=False).stdout
    for hidden in (TOKEN.partition(":")[2], PASSWORD, "тайна", "ключ"):
        assert hidden not in said
    for kept in ("7000000001:***", "http://me:***@proxy.example.org:1080", "aprobot:***@db.example.org/aprobot"):
        assert kept in said


def test_for_people_a_line_a_setting_that_can_be_copied(given):
    given(APROBOT_WEB__PORT="9000")
    lines = CliRunner().invoke(make_app(), ["config"], catch_exceptions=False).stdout.splitlines()
    port = next(line for line in lines if line.startswith("APROBOT_WEB__PORT="))
    assert port.split("  # ")[0].strip() == "APROBOT_WEB__PORT=9000"
    assert port.endswith("# из окружения")


SECRETS = {
    "APROBOT_TELEGRAM__TOKEN": TOKEN,
    "APROBOT_TELEGRAM__PROXY": "http://me:word@proxy.example.org:3128",
    "APROBOT_TELEGRAM__WEBHOOK_SECRET": "a-secret-of-the-webhook",
    "APROBOT_DATABASE__URL": "postgresql+asyncpg://aprobot:word@db/aprobot",
    "APROBOT_FILES__ACCESS_KEY": "key-1",
    "APROBOT_FILES__SECRET_KEY": "key-2",
    "APROBOT_WEB__LINK_SECRET": "a-secret-of-the-links",
}


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_may_lie_in_a_file(given, tmp_path, name):
    (tmp_path / "secret").write_bytes(SECRETS[name].encode() + b"\r\n")
    given(**{f"{name}_FILE": str(tmp_path / "secret")})
    group, field = name.removeprefix("APROBOT_").lower().split("__")
    value = getattr(getattr(load_settings(), group), field)
    assert (value if isinstance(value, str) else value.get_secret_value()) == SECRETS[name]


@pytest.mark.parametrize("name", SECRETS)
def test_given_both_ways_is_refused(given, tmp_path, name):
    (tmp_path / "secret").write_text(SECRETS[name])
    (tmp_path / ".env").write_text(f"{name}={SECRETS[name]}\n")
    given(**{f"{name}_FILE": str(tmp_path / "secret")})
    with pytest.raises(WrongSetting) as told:
        load_settings()
    assert (told.value.name, told.value.why) == (f"{name}_FILE", "settings.secret_twice")


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\x00"])
def test_a_file_that_holds_no_secret_is_named(given, tmp_path, content):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    given(APROBOT_TELEGRAM__TOKEN_FILE=str(tmp_path / "secret"))
    with pytest.raises(WrongSetting) as told:
        load_settings(need_token=True)
    assert (told.value.name, told.value.why) == ("APROBOT_TELEGRAM__TOKEN_FILE", "settings.secret_file")


def test_what_the_file_holds_is_checked_like_any_value(given, tmp_path):
    (tmp_path / "secret").write_text("no token at all")
    given(APROBOT_TELEGRAM__TOKEN_FILE=str(tmp_path / "secret"))
    with pytest.raises(WrongSetting) as told:
        load_settings()
    assert told.value.name == "APROBOT_TELEGRAM__TOKEN"


@pytest.mark.parametrize("name", ["APROBOT_WEB__PORT_FILE", "APROBOT_LOG__LEVEL_FILE"])
def test_what_is_no_secret_has_no_file(given, name):
    given(**{name: "/dev/null"})
    with pytest.raises(WrongSetting) as told:
        load_settings()
    assert (told.value.name, told.value.why) == (name, "settings.unknown")
