"""Every code has its words, in both languages, short enough for a picture and free of office language."""

import pytest

from recognition.codes import FileError, PageProblem
from services.texts import LANGUAGES, load_texts

FIGURES = {"scale_pct": 97, "dpi": 75, "limit": 200, "at_mm": 105, "width_mm": 148, "height_mm": 210}
BANNED = ("Ошибка", "Что-то пошло не так", "Вы уверены", "ОК.", "Подробнее", "успешно", "некорректн", "данный")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_title_a_remedy_and_a_label(language: str) -> None:
    texts = load_texts(language)
    for code in PageProblem:
        title, remedy, label = (texts(f"problem.{code}.{part}", **FIGURES) for part in ("title", "remedy", "label"))
        assert not {title, remedy, label} & {f"problem.{code}.{part}" for part in ("title", "remedy", "label")}
        assert len(title.split()) <= 8
        assert 1 <= len(label.split()) <= 3
        assert not any(word in f"{title} {remedy} {label}" for word in BANNED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_error_has_a_title_and_a_remedy(language: str) -> None:
    texts = load_texts(language)
    for code in FileError:
        title, remedy = (texts(f"file_error.{code}.{part}", **FIGURES) for part in ("title", "remedy"))
        assert not title.startswith("file_error"), code
        assert len(title.split()) <= 7
        assert remedy.endswith(".")
        assert not any(word in f"{title} {remedy}" for word in BANNED)
