"""The words of a batch's summary."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognition.codes import FileError, PageProblem
from services.conversation.screen import Action, Screen
from services.kits.counts import KitCounts, PartialKit
from services.submissions.batch_view import BatchView, FileView, Finding, PageView
from services.submissions.phrases import ranges
from services.submissions.show_faults import faults, parse_place
from services.submissions.summary import summary
from services.telegram.press import Press
from services.texts import load_texts
from tests.submissions.html import visible

RU = load_texts("ru")
BANNED = re.compile(r"Ошибка|Что-то пошло не так|Вы уверены|\bОК\b|Подробнее|успешно|некорректн|\bданн(ый|ая|ое|ые)\b")
PICTURE = "f" * 64


def page(
    number: int = 1, verdict: str = "ok", credit: str = "counted", kit: str | None = "1047", **rest: object
) -> PageView:
    return PageView(
        "scan.pdf", number, verdict, credit, kit, 1 if kit else None, "answer_sheet" if kit else None, **rest
    )  # type: ignore[arg-type]


def bad(number: int, code: str = "qr_missing", **rest: object) -> PageView:
    return page(number, "rejected", "none", None, findings=(Finding(code, "rejected"),), picture=PICTURE, **rest)


def told(
    *pages: PageView, counts: KitCounts | None = None, files: tuple[FileView, ...] = (), **rest: object
) -> tuple[Screen, ...]:
    own = (FileView("scan.pdf", pages=pages),) if pages else ()
    return summary(RU, BatchView(1, 5, (*own, *files), counts or KitCounts(10, 7), **rest))  # type: ignore[arg-type]


def words(screens: tuple[Screen, ...]) -> str:
    return visible(screens[-1].text)


def buttons(screens: tuple[Screen, ...]) -> list[str]:
    return [action.text for row in screens[-1].rows for action in row]


def test_all_is_well_in_one_line_with_both_counts() -> None:
    text = words(told(*(page(at) for at in range(1, 23))))
    assert text.startswith("Все 22 страницы в порядке\nФайл scan.pdf.")
    assert "Засчитано комплектов: 7 из 10" in text


@pytest.mark.parametrize(
    ("pages", "title"),
    [
        (1, "Страница в порядке"),
        (2, "Все 2 страницы"),
        (5, "Все 5 страниц "),
        (21, "Все 21 страница"),
        (101, "Все 101 страница"),
    ],
)
def test_numbers_agree_with_their_nouns(pages: int, title: str) -> None:
    assert words(told(*(page(at) for at in range(1, pages + 1)))).startswith(title)


def test_missing_pages_are_named_kit_by_kit() -> None:
    partial = (PartialKit("1047", (1,)), PartialKit("1050", (2, 3, 4)), PartialKit("1051", (), needs_any_task=True))
    text = words(told(page(), counts=KitCounts(10, 7, (), partial)))
    assert "1047 — стр. 1\n" in text.replace("\u00a0", " ")
    assert "1050 — стр. 2–4\n" in text.replace("\u00a0", " ")
    assert "1051 — любой страницы с заданием" in text.replace("\u00a0", " ")


def test_finish_is_offered_at_n_of_n_only() -> None:
    assert "Завершить" in buttons(told(page(), counts=KitCounts(10, 10)))
    assert "Завершить" not in buttons(told(page(), counts=KitCounts(10, 9)))
    assert "Завершить" not in buttons(told(page(), counts=KitCounts(None, 0)))
    assert "Завершить" not in buttons(told(page(), counts=KitCounts(10, 10), finished=True))


def test_one_bad_page_is_one_picture_with_its_words() -> None:
    picture, _ = told(page(1), bad(2, before="1046", after="1048"), page(3))
    assert len(picture.pictures) == 1
    text = visible(picture.text)
    assert text.startswith("Страница 2: ")
    assert "Файл scan.pdf. Лист лежит между комплектами 1046 и 1048." in text


def test_the_one_bad_page_gives_the_summary_its_title_and_its_next_step() -> None:
    screens = told(page(1), bad(2, "qr_damaged"), page(3))
    assert words(screens).startswith("Страница 2: QR-код виден, но повреждён\nФайл scan.pdf. Принято 2 из 3 страниц.")
    assert words(screens).endswith("Отсканируйте этот лист ещё раз и отправьте сюда.")
    assert buttons(screens) == ["Загрузить новый скан", "Картинка комплектов", "Главная", "Есть вопрос"]


def test_several_bad_pages_are_counted_in_the_title() -> None:
    screens = told(page(1), bad(2), bad(3))
    assert words(screens).startswith("Принято 1 из 3 страниц\nФайл scan.pdf.")
    assert words(screens).endswith("Отсканируйте эти листы ещё раз (2) и отправьте сюда.")


def test_a_sheet_that_only_support_may_print_again_is_not_sent_to_the_scanner() -> None:
    screens = told(page(1), bad(2, "printed_scaled"))
    assert "ещё раз и отправьте" not in words(screens)
    assert "Отложите этот лист и спросите поддержку" in words(screens)
    assert buttons(screens) == ["Спросить поддержку", "Загрузить ещё", "Картинка комплектов", "Главная"]


def test_where_sheets_need_different_deeds_each_keeps_its_own_words() -> None:
    screens = told(bad(1, "printed_scaled"), bad(2, "qr_missing"), bad(3, "other_event"))
    assert "Что сделать с каждым листом, сказано выше." in words(screens)


def test_a_stray_sheet_is_not_scanned_again() -> None:
    assert words(told(bad(1, "other_event"))).endswith("Отправьте сканы недостающих страниц.")


def test_a_problem_found_twice_is_named_once() -> None:
    twice = tuple(Finding("qr_damaged", "rejected") for _ in range(2))
    (picture, _) = told(page(1, "rejected", "none", None, findings=twice, picture=PICTURE))
    assert "Ещё:" not in visible(picture.text)


def test_ten_pictures_at_most_worst_first_and_the_rest_is_counted() -> None:
    doubtful = [
        page(at, "rejected", "none", findings=(Finding("skewed", "rejected"),), picture=PICTURE) for at in range(1, 9)
    ]
    album, text = told(*doubtful, *(bad(at) for at in range(9, 15)))
    assert [int(re.findall(r"\d+", item.caption)[0]) for item in album.pictures] == [*range(9, 15), 1, 2, 3, 4]
    assert "Ещё 4 страницы с замечаниями" in visible(text.text)
    assert "Все замечания" in buttons((text,))


def test_a_corner_is_named_where_a_square_is_missing() -> None:
    one = page(
        5,
        "rejected",
        "none",
        findings=(Finding("fiducials_missing", "rejected"),),
        missing_squares=("bottom_right",),
        picture=PICTURE,
    )
    assert "нижний правый квадрат" in visible(told(one)[0].text)


def test_refused_files_are_named_each_with_its_remedy() -> None:
    files = tuple(
        FileView(f"{code}.pdf", refusal=code) for code in [*list(FileError)[:4], "gone", "not_kept", "new_code"]
    )
    text = words(told(files=files))
    assert text.startswith("Файлы не приняты: 7")
    assert all(file.name in text for file in files)
    assert "Отправьте его ещё раз" in text


def test_the_same_file_again_is_news_and_said_kindly() -> None:
    text = words(told(files=(FileView("scan-1.pdf", same_as="scan-1.pdf"),)))
    assert text.startswith("Этот файл уже засчитан\n")
    assert "ничего не изменилось" in text


def test_the_same_bad_file_again_is_not_called_counted() -> None:
    text = words(told(files=(FileView("scan-1.pdf", same_as="scan-1.pdf", same_was_bad=True),)))
    assert text.startswith("Этот файл уже проверен\n")
    assert "засчитан " not in text
    assert "пришлите новый файл" in text


def test_a_file_of_sheets_that_are_set_apart_is_neither_called_counted_nor_asked_for_again() -> None:
    text = words(told(files=(FileView("scan-1.pdf", same_as="scan-1.pdf", same_was_bad=True, same_not_counted=True),)))
    assert text.startswith("Этот файл уже проверен\n")
    assert "не все его листы идут в счёт" in text.casefold()
    assert "засчитан " not in text
    assert "отсканируйте" not in text


def test_a_sheet_put_aside_is_named_so_in_the_first_line() -> None:
    assert words(told(page(1, credit="aside"))).startswith("Этот лист отложен\n")
    assert words(told(page(1, credit="aside"), page(2, credit="aside"))).startswith("Эти листы отложены: 2\n")


def test_a_page_that_counts_although_printed_to_scale_is_promised_no_decision() -> None:
    text = words(told(page(1, "warning", findings=(Finding("printed_scaled", "warning", {"scale_pct": 98.0}),))))
    assert "масштабом 98" in text
    assert "координатор" not in text


def test_the_one_file_that_cannot_be_read_is_named_with_its_reason_first() -> None:
    text = words(told(files=(FileView("список.txt", refusal="not_an_image"),)))
    title, file, _, remedy = text.split("\n")[:4]
    assert (title, file) == (RU("file_error.not_an_image.title"), "Файл список.txt.")
    assert remedy == RU("file_error.not_an_image.remedy")


def test_surplus_and_other_colleges_kits_are_told_with_the_colleges_name() -> None:
    text = words(
        told(
            page(1, credit="surplus", kit="1099"),
            page(2, credit="other_college", kit="1044"),
            counts=KitCounts(10, 10),
            owners={"1044": "Аграрный <колледж>"},
        )
    )
    assert text.startswith("Ни одна из 2 страниц не засчитана")
    assert "Лишний комплект: 1099" in text
    assert "Это комплект другого колледжа: 1044\nАграрный ?колледж?. Здесь он не засчитан" in text


def test_surplus_alone_is_the_title_and_agrees_with_its_number() -> None:
    one = words(told(page(1, credit="surplus", kit="1099"), counts=KitCounts(10, 10)))
    two = words(
        told(page(1, credit="surplus", kit="1099"), page(2, credit="surplus", kit="1100"), counts=KitCounts(10, 10))
    )
    assert one.startswith("Лишний комплект: 1099\n")
    assert two.startswith("Лишние комплекты: 1099, 1100\n")


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("1046", "1047", "Лист лежит после комплекта 1046."),
        ("1047", "1048", "Лист лежит перед комплектом 1048."),
        ("1047", "1047", "комплект 1047."),
        ("1046", "1048", "Лист лежит между комплектами 1046 и 1048."),
    ],
)
def test_a_sheet_is_found_by_other_kits_than_its_own(before: str, after: str, place: str) -> None:
    faulty = (Finding("fiducials_missing", "rejected"),)
    one = page(3, "rejected", "none", findings=faulty, picture=PICTURE, before=before, after=after)
    line = visible(told(one)[0].text).split("\n")[1]
    assert line.endswith(place)


def test_a_photo_is_told_why_a_file_is_needed() -> None:
    photo = FileView(
        "photo-5.jpg", is_photo=True, pages=(page(1, "warning", findings=(Finding("photo_not_scan", "warning"),)),)
    )
    text = words(told(files=(photo,)))
    assert "Фото лучше отправлять файлом" in text
    assert "Замечания" not in text
    assert text.startswith("Страница в порядке")


def test_figures_are_written_as_the_language_writes_them() -> None:
    scaled = page(2, "warning", findings=(Finding("printed_scaled", "warning", {"scale_pct": 96.84}),))
    assert "96,8 %: scan.pdf, стр. 2." in words(told(page(1), scaled)).replace("\u00a0", " ")


def test_a_finding_without_the_figure_that_its_text_names_still_gets_a_sane_text() -> None:
    assert "{" not in words(told(page(2, "warning", findings=(Finding("printed_scaled", "warning"),))))


def test_warnings_count_and_are_said_with_their_pages() -> None:
    slanted = [page(at, "warning", findings=(Finding("skewed", "warning", {"skew_deg": 3.0}),)) for at in (3, 7, 8, 9)]
    text = words(told(page(1), *slanted))
    assert text.startswith("Засчитаны все 5 страниц, есть замечания")
    assert "scan.pdf, стр. 3, 7–9" in text.replace("\u00a0", " ")


def test_blank_pages_are_skipped_and_not_blamed() -> None:
    text = words(told(page(1), page(2, "blank", "none", None)))
    assert text.startswith("Страница в порядке")
    assert "Пропустили 1 пустую страницу." in text
    assert words(told(page(1, "blank", "none", None))).startswith("Страница пустая")


NAMES = st.text(min_size=1, max_size=30) | st.just("&<b>" * 50)
CODES = st.sampled_from([*map(str, PageProblem), "not_yet_known"])
FINDINGS = st.builds(Finding, CODES, st.sampled_from(["rejected", "warning", "note"]))
PAGES = st.builds(
    PageView,
    NAMES,
    st.integers(1, 200),
    st.sampled_from(["ok", "warning", "rejected", "blank", "foreign"]),
    st.sampled_from(["counted", "again", "surplus", "other_event", "other_college", "none"]),
    st.none() | st.text("0123456789", min_size=1, max_size=7) | NAMES,
    st.none() | st.integers(1, 99),
    st.sampled_from([None, "answer_sheet", "task"]),
    st.lists(FINDINGS, max_size=4).map(tuple),
    st.lists(st.sampled_from(["top_left", "bottom_right", "middle_left"]), max_size=3).map(tuple),
    st.none() | st.just(PICTURE),
    st.none() | NAMES,
    st.none() | NAMES,
)
FILES = st.builds(
    FileView,
    NAMES,
    st.booleans(),
    st.none() | st.sampled_from([*map(str, FileError), "gone", "brand_new"]),
    st.just({}),
    st.none() | NAMES,
    st.lists(PAGES, max_size=14).map(tuple),
)
KITS = st.builds(PartialKit, NAMES, st.lists(st.integers(1, 99), max_size=9).map(tuple), st.booleans())
COUNTS = st.builds(
    KitCounts,
    st.none() | st.integers(1, 2000),
    st.integers(0, 2000),
    st.just(()),
    st.lists(KITS, max_size=14).map(tuple),
    st.lists(NAMES, max_size=3).map(tuple),
)


def test_a_message_of_many_long_names_is_cut_and_not_refused() -> None:
    long = "«" * 200
    warned = tuple(
        PageView(long, 1, "warning", "counted", findings=(Finding(code, "warning"),)) for code in PageProblem
    )
    files = tuple(FileView(long, refusal="gone", pages=warned) for _ in range(40))
    text = words(told(files=files))
    assert len(text) <= 4000
    assert "Остальное — по кнопкам ниже." in text.replace("\u00a0", " ")


@settings(max_examples=40, deadline=None)
@given(st.lists(FILES, min_size=1, max_size=6).map(tuple), COUNTS, st.sampled_from(["ru", "en"]))
def test_whatever_was_sent_each_message_fits_and_parses(
    files: tuple[FileView, ...], counts: KitCounts, language: str
) -> None:
    batch = BatchView(2**62, 2**62, files, counts)
    for screen in summary(load_texts(language), batch):
        captions = [item.caption for item in screen.pictures] if len(screen.pictures) > 1 else []
        for text in filter(None, (screen.text, *captions)):
            assert not BANNED.search(visible(text)) or language == "en"
        assert len(visible(screen.text)) <= (1024 if screen.pictures else 4000)
        assert all(len(visible(caption)) <= 1024 for caption in captions)
        assert all(
            Press(one.name, one.participation, one.argument).pack()
            for row in screen.rows
            for one in row
            if isinstance(one, Action)
        )


@settings(max_examples=30, deadline=None)
@given(st.lists(PAGES, max_size=30), st.integers(-3, 9))
def test_the_full_list_is_reached_page_by_page(pages: list[PageView], shown: int) -> None:
    screen = faults(RU, 5, 7, pages, shown)
    assert len(visible(screen.text)) <= 4000
    for row in screen.rows:
        for action in row:
            assert isinstance(action, Action)
            if action.name == "bad_pages":
                batch, to = parse_place(action.argument)
                assert batch == 7
                assert 0 <= to <= max(0, (len(pages) - 1) // 12)


@given(st.text(max_size=30))
def test_a_forged_place_is_no_crash(argument: str) -> None:
    assert all(number >= 0 for number in parse_place(argument))


@given(st.sets(st.integers(1, 60)))
def test_ranges_name_exactly_the_numbers(numbers: set[int]) -> None:
    read: set[int] = set()
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("–")
        read |= set(range(int(first), int(last or first) + 1))
    assert read == numbers


def test_a_double_print_is_said_once_and_asks_for_nothing_but_patience() -> None:
    shown = told(page(3, credit="two_sheets", kit="1052"), counts=KitCounts(10, 9, conflict=("1052",)))
    text = words(shown)
    assert text.count("похоже, файл напечатали дважды") == 1
    assert "⚠ Два разных листа с одним номером: комплект 1052" in text
    assert text.endswith("Координатор и поддержка уже знают. Решение придёт сюда.")
    assert "Спросить поддержку" not in buttons(shown)


def test_n_of_n_with_a_surplus_kit_asks_first_whether_n_is_right() -> None:
    text = words(told(page(1, credit="surplus", kit="1099"), counts=KitCounts(9, 9, surplus=("1099",))))
    assert "Участников на самом деле больше?" in text
