"""A question with its answers as buttons, then why, then what was decided."""

from services.conversation.reply import Reply
from services.conversation.screen import Action, Screen, Style
from services.reviews.ask_reason import Asked
from services.reviews.decide import Decided
from services.reviews.decide_alike import DecidedAll
from services.reviews.draft import Draft, Subject
from services.reviews.models import Choice, ReviewKind
from services.reviews.reason import LONGEST, SHORTEST, ReasonFault, ready_reasons
from services.reviews.screens.alarm import letter, likely
from services.reviews.screens.frame import choice_words, open_review, pictures, subject, to_college
from services.reviews.shown import Shown
from services.submissions.phrases import listed, upper_first
from services.texts import Texts

SHEETS_A_ROW = 3


def opened(texts: Texts, shown: Shown) -> Reply:
    """The evidence as messages that stay, and the question below them."""
    return Reply(pictures(texts, shown.college, shown.view), card(texts, shown))


def card(texts: Texts, shown: Shown, notice: str = "") -> Screen:
    """The question while it is open; else the decision with who, when and why."""
    if shown.review.choice is not None:
        return decided(texts, shown, notice)
    lines = (
        f"<b>{upper_first(subject(texts, shown.view))}</b>",
        texts.html("review.college", organisation=shown.college.organisation.name),
        asked_line(texts, shown),
        likely(texts, shown.view),
        notice,
        texts(f"review.question.{shown.review.kind}"),
    )
    rows = (*answers(texts, shown), last_row(texts, shown)) if shown.may_decide else (last_row(texts, shown),)
    return Screen("\n".join(line for line in lines if line), rows=rows)


def asked_line(texts: Texts, shown: Shown) -> str:
    if not shown.view.asked_by or shown.review.asked_at is None:
        return ""
    moment = texts.moment(shown.review.asked_at, shown.college.region.time_zone)
    return texts.html("review.asked", name=shown.view.asked_by, moment=moment)


def answers(texts: Texts, shown: Shown) -> tuple[tuple[Action, ...], ...]:
    """Each answer leads to the question why."""
    kind, place = shown.review.kind, shown.college.participation.id

    def answer(choice: Choice, keep: int | None = None, style: Style = Style.PLAIN) -> Action:
        draft = Draft(Subject.REVIEW, shown.review.id, choice, keep, shown.seen)
        label = texts(f"review.button.{kind}.{choice}", letter=letter(texts, keep or 1))
        return Action(label, "why", place, draft.pack(), style)

    if kind != ReviewKind.TWO_SHEETS:
        return ((answer(Choice.YES, style=Style.MAIN), answer(Choice.NO)),)
    keeps = [answer(Choice.KEEP, sheet.ordinal) for sheet in shown.view.sheets]
    rows = [tuple(keeps[at : at + SHEETS_A_ROW]) for at in range(0, len(keeps), SHEETS_A_ROW)]
    return (*rows, (answer(Choice.NEITHER),))


def last_row(texts: Texts, shown: Shown) -> tuple[Action, ...]:
    return (to_college(texts, shown.college, decides=shown.decides_for_region),)


def why(texts: Texts, asked: Asked | Shown, fault: ReasonFault | None = None) -> Screen:
    """Asks for the reason and says what will follow. What was decided or changed meanwhile is shown instead."""
    if isinstance(asked, Shown):
        return card(texts, asked, texts("review.changed"))
    shown, draft = asked.shown, asked.draft
    kind = ReviewKind(shown.review.kind)
    lines = (
        f"<b>{texts.html(f'review.about.{kind}.{draft.choice}', **about(texts, asked))}</b>",
        texts.html("review.college", organisation=shown.college.organisation.name),
        consequence(texts, asked),
        texts(f"review.why.{fault}", low=SHORTEST, high=LONGEST) if fault else texts("review.why"),
    )
    place = shown.college.participation.id
    ready = [
        (Action(reason, "decide", place, f"{draft.pack()}.{number}"),)
        for number, reason in enumerate(ready_reasons(texts, kind, draft.choice), start=1)
    ]
    return Screen("\n".join(line for line in lines if line), rows=(*ready, (way_back(texts, asked),)))


def about(texts: Texts, asked: Asked) -> dict[str, object]:
    review = asked.shown.review
    page = asked.shown.view.page
    return {
        "letter": letter(texts, asked.draft.keep or 1),
        "kit": asked.shown.view.kit or (page.kit if page and page.kit else review.proposal.get("kit", "")),
        "page": review.page_number or (page.page if page and page.page else review.proposal.get("page", "")),
        "number": asked.draft.id if asked.draft.subject == Subject.NUMBER else review.proposal.get("participants", ""),
    }


def consequence(texts: Texts, asked: Asked) -> str:
    """What the decision does to the kits, said before it is made."""
    review, draft, counts = asked.shown.review, asked.draft, asked.counts
    if review.kind == ReviewKind.PARTICIPANTS and draft.choice == Choice.YES:
        number = draft.id if draft.subject == Subject.NUMBER else review.proposal["participants"]
        before = "—" if counts.declared is None else counts.declared
        change = texts("review.effect.participants", before=before, after=number)
        surplus = counts.complete - number
        return change + ("\n" + texts.n("review.effect.participants.surplus", surplus) if surplus > 0 else "")
    if review.kind == ReviewKind.KIT_ASIDE and counts.surplus and asked.shown.view.kit in counts.complete_numbers:
        return texts.html("review.effect.kit_aside.next", kits=listed(texts, counts.surplus, 3))
    key = f"review.effect.{review.kind}.{draft.choice}"
    return texts(key) if texts.has(key) else ""


def way_back(texts: Texts, asked: Asked) -> Action:
    if asked.draft.subject == Subject.REVIEW:
        return open_review(texts, asked.shown.college, asked.draft.id, "review.button.back")
    return to_college(texts, asked.shown.college, decides=asked.shown.decides_for_region)


def given(texts: Texts, result: Decided | Shown | tuple[Asked | Shown, ReasonFault]) -> Screen:
    """The decision; the question again where there was no reason; who comes second is told so."""
    if isinstance(result, tuple):
        return why(texts, *result)
    if isinstance(result, Shown):
        return card(texts, result, texts("review.changed"))
    return card(texts, result.shown, "" if result.just_now else texts("review.changed"))


def all_decided(texts: Texts, result: DecidedAll) -> Screen:
    """The decision with how many more got the same answer."""
    return card(texts, result.shown, texts.n("review.decided.alike", result.number))


def decided(texts: Texts, shown: Shown, notice: str = "") -> Screen:
    """What was decided, by whom and why, and the way back as long as there is one."""
    review, college = shown.review, shown.college
    moment = texts.moment(review.decided_at, college.region.time_zone) if review.decided_at else ""
    lines = (
        f"<b>{texts('review.decided', choice=choice_words(texts, review))}</b>",
        texts("review.decided.about", what=subject(texts, shown.view)),
        texts.html("review.college", organisation=college.organisation.name),
        texts.html("review.decided.by", name=shown.view.decided_by, moment=moment),
        texts.html("review.decided.why", reason=review.reason),
        notice,
    )
    return Screen("\n".join(line for line in lines if line), rows=ways_on(texts, shown))


def ways_on(texts: Texts, shown: Shown) -> tuple[tuple[Action, ...], ...]:
    """The next question first; the same answer for all pages with the same fault; then back."""
    place, review = shown.college.participation.id, shown.review
    following = shown.following
    ahead = open_review(texts, shown.college, following, "review.button.next", Style.MAIN) if following else None
    label = texts.n("review.button.alike", len(shown.alike))
    alike = Action(label, "alike", place, str(review.id)) if shown.alike and shown.may_decide else None
    may_take_back = shown.may_decide and review.kind != ReviewKind.REOPEN
    back = Action(texts("review.button.take_back"), "take_back", place, str(review.id)) if may_take_back else None
    rows = ((ahead,), (alike,), (back,), last_row(texts, shown))
    return tuple(tuple(action for action in row if action) for row in rows if any(row))


def taken_back(texts: Texts, shown: Shown | None, place: int) -> Screen:
    """The question is open again; what nobody had asked is gone."""
    if shown is not None:
        return card(texts, shown, texts("review.open_again"))
    return Screen(texts("review.taken_back"), rows=((Action(texts("review.button.college"), "college", place),),))
