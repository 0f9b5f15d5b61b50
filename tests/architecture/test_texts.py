"""The catalogues: both languages complete with the same placeholders, and Russian as the house writes it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.architecture.sources import ROOT

LOCALES = ROOT / "locales"
DOMAINS = sorted({path.name for path in LOCALES.glob("*/*.po")})
PLURAL_FORMS = {"ru": 3, "en": 2}
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")
TAG = re.compile(r"</?\w+")

HEADING_BANNED = re.compile(r"^\W*ошибка\b", re.IGNORECASE)
BANNED = re.compile(
    r"что-то пошло не так|вы уверены|подробнее|кликн|успешно|в ближайшее время|\w\([а-я]{1,2}\)"
    r"|\bокей\b|^ок$|\bнекорректн|\bданн(?:ый|ого|ому|ым|ом|ая|ой|ую|ое)\b(?! о\b)",
    re.IGNORECASE,
)
POLITE_CAPITAL = re.compile(r"(?<=[а-яё,] )(?:Вы|Вас|Вам|Вами|Ваш\w*)\b")
WITHOUT_YO = re.compile(
    r"\b(?:еще|ее|мое|твое|свое|чье|отчет\w*|учет\w*|счет\w*|зачет\w*|расчет\w*|прием\w*|объем\w*|подъем\w*|трех|четырех"
    r"|пойдет|придет|найдет|зайдет|пройдет|уйдет|ждет\w*|идет|дает|берет|остается|вернется|начнется|придется|удается|несет"
    r"|черн(?:ый|ая|ое|ые|ого|ой|ых|ым|ому)|зелен\w+|желт\w+|темн(?:ый|ая|ое|ые)|четк\w+|легк(?:ий|ая|ое|ие)|надежн\w+"
    r"|включен|подтвержден|завершен|поврежден|сохранен|запрещен|разрешен|учтен|проведен|определен|прочтен"
    r"|(?:подтвержд|поврежд|сохран|запрещ|разреш|учт)енн\w+|нем|своем|твоем|партнер\w*|вперед|жестк\w+|причем|нипочем)\b",
    re.IGNORECASE,
)
STRAIGHT_QUOTES = re.compile(r'"[а-яё][^"]*"', re.IGNORECASE)
SHORT_DASH = re.compile(r"(?<=\w) - (?=\w)")


def messages(language: str, domain: str) -> Iterator[Message]:
    path = LOCALES / language / domain
    with path.open("rb") as source:
        yield from (message for message in read_po(source, locale=language) if message.id)


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@cache
def texts(language: str) -> dict[str, tuple[str, ...]]:
    return {key(message): forms(message) for domain in DOMAINS for message in messages(language, domain)}


def found(pattern: re.Pattern[str]) -> dict[str, str]:
    """Texts that break a rule; an example of JSON, where braces are doubled, is not prose."""
    prose = ((name, text) for name, every in texts("ru").items() for text in every if "{{" not in text)
    return {name: text for name, text in prose if pattern.search(text)}


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_texts(domain: str):
    assert (LOCALES / "ru" / domain).exists()
    assert (LOCALES / "en" / domain).exists()
    russian, english = ({key(message) for message in messages(language, domain)} for language in ("ru", "en"))
    assert russian ^ english == set()


def test_no_key_is_given_twice():
    keys = [key(message) for domain in DOMAINS for message in messages("ru", domain)]
    assert sorted(name for name in keys if keys.count(name) > 1) == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_every_text_is_written_in_all_its_forms(language: str):
    lacking = [
        name
        for name, every in texts(language).items()
        if len(every) not in (1, PLURAL_FORMS[language]) or not all(every)
    ]
    assert lacking == []


def test_placeholders_are_the_same():
    """A form for exactly one thing may do without the number."""
    russian, english = texts("ru"), texts("en")
    differing = {
        name: (used(russian[name]), used(english[name]))
        for name in russian
        if used(russian[name]) != used(english[name])
    }
    assert differing == {}


def used(every: tuple[str, ...]) -> set[str]:
    return {name for text in every for name in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_markup_is_closed(language: str):
    open_ones = [name for name, every in texts(language).items() for text in every if not balanced(text)]
    assert open_ones == []


def balanced(text: str) -> bool:
    tags = TAG.findall(text)
    return sorted(tag[1:] for tag in tags if tag[1] != "/") == sorted(tag[2:] for tag in tags if tag[1] == "/")


@pytest.mark.parametrize(
    "pattern",
    [HEADING_BANNED, BANNED, POLITE_CAPITAL, WITHOUT_YO, STRAIGHT_QUOTES, SHORT_DASH],
    ids=lambda p: p.pattern[:20],
)
def test_russian_is_written_as_the_house_writes_it(pattern: re.Pattern[str]):
    assert found(pattern) == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (HEADING_BANNED, "Ошибка: файл не принят"),
        (BANNED, "Файл успешно загружен"),
        (BANNED, "Вы уверены?"),
        (BANNED, "Проверяем данный файл"),
        (BANNED, "3 страниц(ы)"),
        (BANNED, "ОК"),
        (POLITE_CAPITAL, "Файл, который Вы прислали"),
        (WITHOUT_YO, "Отправьте файл еще раз"),
        (WITHOUT_YO, "Лист поврежден"),
        (WITHOUT_YO, "Черный квадрат"),
        (STRAIGHT_QUOTES, 'Нажмите "Завершить"'),
        (SHORT_DASH, "Файл - это скан"),
    ],
)
def test_the_rules_see_what_they_forbid(pattern: re.Pattern[str], text: str):
    assert pattern.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ещё раз",
        "Данные о колледже",
        "Файл повреждён",
        "Повреждение листа",
        "Ваш файл принят. Вы можете закрыть чат",
        "№ 3",
    ],
)
def test_good_russian_passes(text: str):
    assert not any(pattern.search(text) for pattern in (HEADING_BANNED, BANNED, POLITE_CAPITAL, WITHOUT_YO))


def test_catalogues_are_read_by_the_product():
    """A domain in a folder of its own, or under another name, would be silently without effect."""
    assert sorted(LOCALES.rglob("*.po")) == sorted(Path(path) for path in LOCALES.glob("*/*.po"))
