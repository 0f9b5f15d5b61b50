"""What a deployer copies is true: the settings' example, the compose file and the image name what the product knows."""

import re
from configparser import ConfigParser
from itertools import pairwise
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, SecretStr

from bot.__main__ import make_app
from bot.settings import Settings
from tests.architecture.sources import ROOT

NAME = re.compile(r"APROBOT_[A-Z_]+")
OF_COMPOSE_ONLY = {"POSTGRES_PASSWORD", "TELEGRAM_API_ID", "TELEGRAM_API_HASH"}
DEPLOY = ROOT / "docs" / "howto" / "deploy.md"


def settings(model: type[BaseModel], prefix: str = "APROBOT_") -> dict[str, Any]:
    """Every setting's variable and its default as it is written in the environment."""
    known: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        variable = prefix + name.upper()
        if isinstance(field.default, BaseModel):
            known |= settings(type(field.default), variable + "__")
        else:
            known[variable] = written(field.default)
    return known


def written(value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value).lower() if isinstance(value, bool) else str(value)


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_example_shows_every_setting_with_its_default():
    shown = {name: value for name, value in example().items() if name not in OF_COMPOSE_ONLY}
    assert shown == settings(Settings)


def test_each_setting_of_the_example_has_its_reason_above():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for above, line in pairwise(lines)
        if line.startswith("APROBOT_") and not above.startswith(("#", line.split("__", maxsplit=1)[0]))
    ]
    assert bare == []


def test_compose_has_the_bot_and_the_database_with_healthchecks():
    services = compose()["services"]
    assert {name for name, service in services.items() if "profiles" not in service} == {"bot", "postgres"}
    assert all("healthcheck" in service for service in services.values())
    assert services["bot"]["depends_on"]["postgres"]["condition"] == "service_healthy"


@pytest.mark.parametrize(
    "file", ["docker-compose.yml", "Dockerfile", "README.md", "docs/howto/deploy.md", "tests/conftest.py"]
)
def test_no_file_names_a_setting_that_is_not_there(file: str):
    named = set(NAME.findall((ROOT / file).read_text(encoding="utf-8")))
    secrets = {f"{name}_FILE" for name in settings(Settings)}
    assert {name for name in named if not name.startswith("APROBOT_TEST_") and not name.endswith("_")} <= (
        set(settings(Settings)) | secrets
    )


def test_both_containers_see_the_files_of_a_local_server_under_one_path():
    services = compose()["services"]
    server = services["telegram-bot-api"]
    assert server["profiles"] == ["local-api"]
    assert server["environment"]["TELEGRAM_LOCAL"] == "true"
    mounts = [mount.split(":") for name in ("bot", "telegram-bot-api") for mount in services[name]["volumes"]]
    shared = [place for volume, place, *_ in mounts if volume == "telegram"]
    assert len(shared) == 2
    assert len(set(shared)) == 1
    assert "telegram" in compose()["volumes"]


def test_every_variable_that_compose_wants_is_in_the_example():
    wanted = re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert set(wanted) <= set(example())


def test_the_guide_names_only_commands_that_are_there():
    guide = DEPLOY.read_text(encoding="utf-8")
    named = re.findall(r"(?:run aprobot|run --rm bot|python -m bot|`aprobot) ([a-z]+)", guide)
    known = {
        command.name or command.callback.__name__ for command in make_app().registered_commands if command.callback
    }
    known |= {group.name for group in make_app().registered_groups}
    assert {"serve", "doctor", "config", "events", "invites"} <= set(named) <= known


def test_the_unit_of_the_guide_starts_what_is_there():
    [unit] = re.findall(r"```ini\n(\[Unit\].*?)```", DEPLOY.read_text(encoding="utf-8"), re.DOTALL)
    parsed = ConfigParser(strict=False)
    parsed.read_string(unit)
    assert parsed["Service"]["ExecStart"] == "/opt/aprobot/run aprobot serve"
    assert float(parsed["Service"]["TimeoutStopSec"]) >= 12


def test_the_image_copies_what_the_product_imports():
    copied = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split("!")[1:])
    assert {"bot\n", "handlers\n", "services\n", "recognition\n", "locales\n", "migrations\n"} <= copied
