"""Consent and privacy as people read them: pure functions."""

from datetime import datetime

from services.accounts.show_privacy import Privacy
from services.checklists.screens.frame import paragraphs
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts

MOSCOW = "Europe/Moscow"
"""The zone of a moment before anything is known of the person."""


def ask(texts: Texts, token: str) -> Screen:
    """The first message to whoever follows an invite link. The token is in the buttons and nowhere else."""
    return Screen(
        paragraphs(texts("consent.title"), texts("consent.text"), texts("consent.nothing")), choice(texts, token)
    )


def ask_again(texts: Texts) -> Screen:
    """The text has changed, or was never shown: what the person has just done waits for the answer."""
    return Screen(paragraphs(texts("consent.title"), texts("consent.text"), texts("consent.held")), choice(texts, ""))


def given(texts: Texts, at: datetime) -> Screen:
    """What is left of the question once it is answered."""
    return Screen(paragraphs(texts("consent.given", moment=texts.moment(at, MOSCOW)), texts("consent.text")))


def declined(texts: Texts, token: str, privacy: Privacy, *, known: bool) -> Screen:
    """What a refusal means, and the way back from it."""
    text = paragraphs(
        texts("consent.declined"),
        texts("consent.declined.known" if known else "consent.declined.stranger"),
        erasure(texts, privacy) if known else "",
        texts("consent.declined.back"),
    )
    return Screen(text, rows=((agree(texts, token),),))


def privacy_text(texts: Texts, privacy: Privacy, token: str, *, agreed: bool, known: bool) -> Screen:
    """What is kept, why, who sees it, how long, and how to have it erased. Those who are asked can answer here too."""
    text = paragraphs(
        texts("privacy.title"),
        texts("privacy.what"),
        texts("privacy.who"),
        texts.n("privacy.how_long", privacy.keep_days),
        erasure(texts, privacy),
    )
    if agreed:
        return Screen(text, rows=((Action(texts("button.home"), "home", style=Style.MAIN),),))
    return Screen(text, rows=((agree(texts, token),),) if token or known else ())


def erasure(texts: Texts, privacy: Privacy) -> str:
    return texts.html("privacy.erase", email=privacy.email) if privacy.email else texts("privacy.erase.nobody")


def choice(texts: Texts, token: str) -> tuple[tuple[Action, ...], ...]:
    read = Action(texts("consent.button.read"), "privacy", 0, token)
    no = Action(texts("consent.button.no"), "decline", 0, token)
    return ((agree(texts, token),), (read, no))


def agree(texts: Texts, token: str) -> Action:
    return Action(texts("consent.button.yes"), "agree", 0, token, Style.MAIN)
