"""The page's words, from what was read: each state says what it is, what is missing, what to do."""

import pytest

from services.kits.counts import KitCounts, PartialKit
from services.kits.credit import Credit
from services.submissions.batch_view import FileView, Finding, PageView
from services.texts import load_texts
from services.uploads.list_files import FileList, FileRow, RowState
from services.uploads.screens import RowWords, row_words, totals

RU = load_texts("ru")
COUNTS = KitCounts(declared=10, complete=7, partial=(PartialKit("1044", (1, 3)), PartialKit("1047", (), True)))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def row(state: RowState, **more: object) -> RowWords:
    return row_words(RU, FileRow("k", "scan.pdf", 58_000_000, state, **more))  # type: ignore[arg-type]


def page(number: int, credit: Credit = Credit.COUNTED, verdict: str = "ok", **more: object) -> PageView:
    return PageView("scan.pdf", number, verdict, credit, kit="1046", page=1, **more)  # type: ignore[arg-type]


def checked(*pages: PageView, **more: object) -> RowWords:
    return row(RowState.CHECKED, file=FileView("scan.pdf", pages=pages), submission_id=5, **more)


def test_both_counts_and_what_is_missing() -> None:
    told = totals(RU, FileList((), files=3, settled=2, older=0, counts=COUNTS))
    assert (told.files, told.kits) == ("Файлы: 2 из 3", "Комплекты: 7 из 10")
    assert [plain(kit) for kit in told.lacking] == ["1044 — стр. 1, 3", "1047 — стр. с заданием, любая"]
    assert told.done == ""
    whole = FileList((), 3, 3, 0, KitCounts(declared=2, complete=2))
    assert "завершите апробацию" in totals(RU, whole).done
    assert totals(RU, whole, is_open=False).done == "", "after the finish there is nothing to finish"


def test_a_stopped_upload_says_how_to_go_on() -> None:
    told = row(RowState.STOPPED, received=35_400_000)
    assert plain(told.state) == "загрузка остановилась на 61 %"
    assert [plain(note) for note in told.notes] == ["Выберите этот файл ещё раз — продолжим с 61 %."]
    assert told.may_cancel
    closed = row_words(RU, FileRow("k", "scan.pdf", 100, RowState.STOPPED, received=61), is_open=False)
    assert closed.notes == ()


def test_received_and_checked_are_different_words() -> None:
    assert row(RowState.WAITING).state == "получен, ждёт проверки"
    assert row(RowState.CHECKING, page=3, pages=22).state == "проверяем: страница 3 из 22"
    assert checked(page(1), page(2)).state == "проверен: принято 2 из 2 страниц"


def test_a_bad_page_has_its_place_and_what_to_do_and_alone_is_marked() -> None:
    bad = PageView(
        "scan.pdf",
        3,
        "rejected",
        Credit.NONE,
        findings=(Finding("qr_damaged", "rejected"),),
        before="1046",
        after="1048",
    )
    told = checked(page(1), page(2), bad)
    assert (told.tone, told.state) == ("bad", "проверен: принято 2 из 3 страниц")
    assert "Страница 3" in told.faults[0]
    assert "между комплектами 1046 и 1048" in told.faults[0]
    assert told.wants_new
    assert [tile.mark for tile in told.tiles] == ["good", "good", "bad"]
    assert [bool(tile.words) for tile in told.tiles] == [False, False, True]


@pytest.mark.parametrize(
    ("credit", "words"),
    [
        (Credit.AGAIN, "уже засчитан"),
        (Credit.UNDECIDED, "тот же это лист"),
        (Credit.ASIDE, "по решению координатора"),
        (Credit.SURPLUS, "Лишние комплекты, в счёт не идут: 1046"),
        (Credit.OTHER_COLLEGE, "Комплекты другого колледжа, здесь не засчитаны: 1046"),
    ],
)
def test_a_sound_page_that_does_not_simply_count_says_why(credit: Credit, words: str) -> None:
    assert any(words in note for note in checked(page(1, credit)).notes)


def test_a_test_scan_is_called_so() -> None:
    told = checked(page(1, Credit.TEST), is_test=True)
    assert told.notes[0] == "Пробный скан: проверен, в учёт не идёт."
    assert (told.tone, told.state) == ("good", "проверен: принято 1 из 1 страницы")


def test_the_same_file_again_is_news_and_a_refused_one_has_its_remedy() -> None:
    again = row(RowState.CHECKED, file=FileView("scan.pdf", same_as="first.pdf"), submission_id=5)
    assert again.state == "уже засчитан как first.pdf, ничего не изменилось"
    locked = row(RowState.REFUSED, file=FileView("scan.pdf", refusal="encrypted_pdf"), submission_id=5)
    assert "PDF закрыт паролем" in locked.faults[0]
    assert "без пароля" in locked.faults[0]


def test_sizes_are_written_as_people_read_them() -> None:
    sizes = {1: "1 КБ", 999_500: "1000 КБ", 1_400_000: "1,4 МБ", 58_400_000: "58 МБ", 500_000_000: "500 МБ"}
    for size, words in sizes.items():
        told = row_words(RU, FileRow("k", "scan.pdf", size, RowState.WAITING))
        assert plain(told.size) == words
