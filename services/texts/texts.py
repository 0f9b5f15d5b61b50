"""Texts by key in one language."""

import gettext
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from services.texts.catalogue import translations

MOSCOW = ZoneInfo("Europe/Moscow")


class Texts:
    """The texts of one language.

    Calling it formats a text as plain; `html` escapes the values, because they are other people's words inside our
    markup. `n` and `html_n` choose the plural form by a number, which the text also gets as `{n}`.
    """

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.catalogue = catalogue

    def __call__(self, key: str, **values: Any) -> str:
        return self.catalogue.gettext(key).format_map(values)

    def n(self, key: str, number: int, **values: Any) -> str:
        return self.catalogue.ngettext(key, key, number).format_map({"n": number, **values})

    def html(self, key: str, **values: Any) -> str:
        return self(key, **escaped(values))

    def html_n(self, key: str, number: int, **values: Any) -> str:
        return self.n(key, number, **escaped(values))

    def has(self, key: str) -> bool:
        """True where a plain text with this key exists."""
        return self.catalogue.gettext(key) != key

    def moment(self, when: datetime, zone: str) -> str:
        """A moment in a region's zone with the zone named: `27 августа, 14:32 (МСК+4)`."""
        local = when.astimezone(ZoneInfo(zone))
        return f"{format_datetime(local, 'd MMMM, HH:mm', locale=self.language)} ({self.zone(local)})"

    def day(self, when: datetime, zone: str) -> str:
        """A day in a region's zone: `29 августа`."""
        return format_date(when.astimezone(ZoneInfo(zone)), "d MMMM", locale=self.language)

    def zone(self, local: datetime) -> str:
        """How far a zone is from Moscow, as Russian timetables name it; elsewhere from UTC."""
        offset = local.utcoffset()
        moscow = local.astimezone(MOSCOW).utcoffset()
        if offset is None or moscow is None:
            return "UTC"
        if self.language == "ru":
            return self("zone.moscow") + signed_hours(offset.total_seconds() - moscow.total_seconds())
        return "UTC" + signed_hours(offset.total_seconds())


def escaped(values: dict[str, Any]) -> dict[str, Any]:
    return {name: escape(value, quote=False) if isinstance(value, str) else value for name, value in values.items()}


def signed_hours(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:+g}" if hours else ""


def load_texts(language: str) -> Texts:
    """The texts of a language; an unknown language gets Russian."""
    return Texts(language, translations(language))
