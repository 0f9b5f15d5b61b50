"""The settings as they are in force, each with where it comes from, fit to be shown to anybody."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot.settings import TOKEN, Group, Settings, variable

HIDDEN = "***"
IN_ADDRESS = re.compile(r"(?<=://)([^/?#]*?)(?::[^/?#]*)?@")
IN_QUERY = re.compile(r"(?i)([?&][^=&]*(?:password|secret|token|key)[^=&]*=)[^&#]*")


@dataclass(frozen=True, slots=True)
class InForce:
    """One setting: its variable, its value without secrets, and its origin (`default`, `environment`, `env_file` or
    `secret_file`). `place` is the file that it came from.
    """

    name: str
    value: str
    origin: str
    place: str = ""


def settings_in_force(settings: Settings, env_file: str = ".env") -> list[InForce]:
    """Every setting in the order in which the groups declare them."""
    sources = (
        ("environment", "", EnvSettingsSource(Settings).env_vars),
        ("env_file", env_file, DotEnvSettingsSource(Settings, env_file=env_file).env_vars),
    )
    return [InForce(name, shown(value), *origin(name, sources)) for name, value in each(settings, ())]


def each(model: BaseModel, location: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Group):
            yield from each(value, (*location, name))
        else:
            yield variable((*location, name)), value


Sources = tuple[tuple[str, str, Mapping[str, str | None]], ...]


def origin(name: str, sources: Sources) -> tuple[str, str]:
    """The environment goes before the file, and within both a path to a secret stands for the secret. A group that was
    given as one value counts as the origin of all that is in it.
    """
    group = name.rpartition("__")[0]
    for source, place, given in sources:
        path = given.get(f"{name}_FILE".lower())
        if path:
            return "secret_file", path
        if name.lower() in given or group.lower() in given:
            return source, place
    return "default", ""


def shown(value: Any) -> str:
    """A value without its secrets: a token keeps the bot's number and two letters, an address all but passwords."""
    if isinstance(value, SecretStr):
        return masked(value.get_secret_value())
    if isinstance(value, bool):
        return str(value).lower()
    return without_passwords(str(value))


def masked(secret: str) -> str:
    if not secret:
        return ""
    if TOKEN.fullmatch(secret):
        return f"{secret.partition(':')[0]}:{HIDDEN}{secret[-2:]}"
    return without_passwords(secret) if "://" in secret else HIDDEN


def without_passwords(address: str) -> str:
    return IN_QUERY.sub(rf"\1{HIDDEN}", IN_ADDRESS.sub(rf"\1:{HIDDEN}@", address))
