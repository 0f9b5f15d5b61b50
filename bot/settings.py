"""Settings: from the environment and `.env`, all with the prefix APROBOT_; groups are parted by two underscores."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.secret_files import read_secret_files

SHORTEST_LINK_SECRET = 16
PROXIES = ("http", "https", "socks5")
OF_SECRET_FILES = {"secret_twice", "secret_file"}
TOKEN = re.compile(r"[1-9]\d{2,15}:[A-Za-z0-9_-]{30,64}")


class Group(BaseModel):
    """Settings that belong together. A name that is not known is a misprint, and told.

    Each of the `secrets` may be given as a file instead: its name with _FILE.
    """

    model_config = ConfigDict(extra="forbid")
    secrets: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def from_files(cls, given: Any) -> Any:
        return read_secret_files(given, cls.secrets) if isinstance(given, dict) else given


class Mode(StrEnum):
    """How updates come in."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class TelegramSettings(Group):
    """The bot and its server. `webhook_secret` is required in webhook mode: without it anybody could post updates.

    Everything said to the server goes through the `proxy`, where there is one.
    """

    secrets = ("token", "proxy", "webhook_secret")

    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    proxy: SecretStr = SecretStr("")
    local_files: bool = False
    mode: Mode = Mode.POLLING
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")

    @field_validator("token")
    @classmethod
    def like_a_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("token")
        return value

    @field_validator("api_url")
    @classmethod
    def like_an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not urlsplit(value).hostname:
            raise ValueError("address")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def like_a_proxy(cls, value: SecretStr) -> SecretStr:
        parsed = urlsplit(value.get_secret_value())  # raises ValueError for brackets and ports that are none
        if value.get_secret_value() and not (parsed.scheme in PROXIES and parsed.hostname and parsed.port):
            raise ValueError("proxy")
        if parsed.scheme == "socks5":
            unquote(parsed.netloc, errors="strict").encode("ascii")  # raises ValueError: SOCKS knows no other letters
        return value


class DatabaseSettings(Group):
    """Where the data lives."""

    secrets = ("url",)

    url: str = "sqlite+aiosqlite:///var/aprobot.db"

    @field_validator("url")
    @classmethod
    def with_driver(cls, value: str) -> str:
        """The usual short forms get the drivers that the product uses."""
        for short, full in (
            ("postgres://", "postgresql+asyncpg://"),
            ("postgresql://", "postgresql+asyncpg://"),
            ("sqlite:///", "sqlite+aiosqlite:///"),
        ):
            if value.startswith(short):
                value = full + value.removeprefix(short)
        if not value.startswith(("postgresql+asyncpg://", "sqlite+aiosqlite:///")):
            raise ValueError("database")
        parsed = urlsplit(value)  # raises ValueError for brackets and ports that are none
        if not parsed.path.strip("/") or (parsed.port or 0) < 0:
            raise ValueError("database")
        return value


class FilesSettings(Group):
    """Where the scans lie: a folder or an object store. All but `url` is for an object store only."""

    secrets = ("access_key", "secret_key")

    url: str = "file:var/files"
    endpoint: str = ""
    region: str = ""
    access_key: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")

    @field_validator("endpoint")
    @classmethod
    def like_an_address(cls, value: str) -> str:
        if value and (not value.startswith(("http://", "https://")) or not urlsplit(value).hostname):
            raise ValueError("address")
        return value.rstrip("/")

    @field_validator("url")
    @classmethod
    def known_kind(cls, value: str) -> str:
        if not value.startswith(("file:", "s3://")) or not value.partition(":")[2].strip("/"):
            raise ValueError("files")
        return value


class WebSettings(Group):
    """Our own web server: health checks, the upload page, and the webhook in webhook mode. Port 0 takes a free one.

    `public_url` is where people reach it; without it no links to the upload page are handed out. `link_secret` signs
    them (without it a key made of the token does); `spool` keeps what is being uploaded (beside the scans by default).
    """

    secrets = ("link_secret",)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    public_url: str = ""
    link_secret: SecretStr = SecretStr("")
    spool: str = ""

    @field_validator("public_url")
    @classmethod
    def like_an_address(cls, value: str) -> str:
        if value and (not value.startswith(("http://", "https://")) or not urlsplit(value).hostname):
            raise ValueError("address")
        if urlsplit(value).path.strip("/"):
            raise ValueError("path")  # the page's own addresses begin at the root
        return value.rstrip("/")

    @field_validator("link_secret")
    @classmethod
    def long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_LINK_SECRET:
            raise ValueError("secret")
        return value


class MetricsSettings(Group):
    """Figures for monitoring, on a port of their own; 0 serves none."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0


class PrivacySettings(Group):
    """How many days after an event's window scans and conversations are kept; then they are erased."""

    keep_days: Annotated[int, Field(ge=1, le=3650)] = 180


class RecognitionSettings(Group):
    """Child processes that decode scans."""

    workers: Annotated[int, Field(ge=1, le=64)] = 2


class LogSettings(Group):
    """What is written to the log, and how."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["json", "console"] = "json"


class Settings(BaseSettings):
    """All settings."""

    model_config = SettingsConfigDict(
        env_prefix="APROBOT_",
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    telegram: TelegramSettings = TelegramSettings()
    database: DatabaseSettings = DatabaseSettings()
    files: FilesSettings = FilesSettings()
    web: WebSettings = WebSettings()
    metrics: MetricsSettings = MetricsSettings()
    recognition: RecognitionSettings = RecognitionSettings()
    privacy: PrivacySettings = PrivacySettings()
    log: LogSettings = LogSettings()


class WrongSetting(Exception):  # noqa: N818 (told to the person who starts the bot, in one sentence)
    """A setting is wrong or missing. `name` is the environment variable; `why` is a text key."""

    def __init__(self, name: str, why: str = "settings.wrong") -> None:
        super().__init__(name)
        self.name = name
        self.why = why


def load_settings(*, need_token: bool = False, env_file: str | None = ".env") -> Settings:
    """Reads the settings. Raises WrongSetting that names the first wrong one."""
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]  # the library takes it past the model's fields
    except ValidationError as error:
        raise wrong(error.errors()[0]) from None
    except SettingsError as error:  # a group given as one value that is no JSON; only the library's sentence names it
        named = re.search(r'field "(\w+)"', str(error))
        raise WrongSetting(variable((named[1],)) if named else "APROBOT_…", "settings.unknown") from None
    except (UnicodeDecodeError, OSError):
        raise WrongSetting(env_file or ".env", "settings.unreadable") from None
    if need_token and not settings.telegram.token.get_secret_value():
        raise WrongSetting("APROBOT_TELEGRAM__TOKEN", "settings.missing.token")
    if need_token and settings.telegram.mode == Mode.WEBHOOK:
        require_webhook(settings.telegram)
    settings.files.url = absolute(settings.files.url, "file:")
    settings.database.url = absolute(settings.database.url, "sqlite+aiosqlite:///")
    return settings


def wrong(problem: ErrorDetails) -> WrongSetting:
    if problem["type"] in OF_SECRET_FILES:
        name = variable((*problem["loc"], problem["ctx"]["setting"]))
        return WrongSetting(name, f"settings.{problem['type']}")
    name = variable(problem["loc"])
    return WrongSetting(name, "settings.unknown" if problem["type"] == "extra_forbidden" else f"settings.wrong.{name}")


def require_webhook(telegram: TelegramSettings) -> None:
    if not telegram.webhook_url.startswith(("http://", "https://")):
        raise WrongSetting("APROBOT_TELEGRAM__WEBHOOK_URL", "settings.missing.webhook_url")
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", telegram.webhook_secret.get_secret_value()):
        raise WrongSetting("APROBOT_TELEGRAM__WEBHOOK_SECRET", "settings.missing.webhook_secret")


def variable(location: tuple[int | str, ...]) -> str:
    return "APROBOT_" + "__".join(str(part).upper() for part in location)


def absolute(url: str, prefix: str) -> str:
    """A relative path in an address is meant from the folder the bot is started in; say so once and for all."""
    if not url.startswith(prefix):
        return url
    path = Path(url.removeprefix(prefix).removeprefix("//") if prefix == "file:" else url.removeprefix(prefix))
    return f"file://{path.resolve()}" if prefix == "file:" else f"{prefix}{path.resolve()}"
