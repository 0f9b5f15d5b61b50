"""What is shown after a deed: the next step, what was wrong, or what has come of it."""

from services.checklists.answer_check_item import Asked
from services.checklists.finish import Finished, NotYet
from services.checklists.open_step import Opened
from services.checklists.screens import check, finish, participants
from services.checklists.screens.home import home
from services.checklists.screens.step import step
from services.checklists.set_participants import NotSet
from services.checklists.step import Kind, Step
from services.checklists.walk import Walk
from services.conversation.reply import Reply
from services.conversation.screen import Action, Screen, Style
from services.texts import Texts


def after_mark(walk: Walk, shown: Step | None, marked: str, texts: Texts) -> Screen:
    """The next step, with a word that the last one is marked; where it could not be, the step as it stands."""
    step_marked = walk.step(marked)
    if step_marked is None or step_marked.id not in walk.done:
        return step(walk, shown, texts)
    return step(walk, shown, texts, texts("checklist.step_marked", number=walk.number(step_marked)))


def asked(result: Asked | None, texts: Texts) -> Screen:
    """The next question of a self-check, or its overview when there is none."""
    if result is None:
        return Screen(texts("selfcheck.unknown"), rows=((Action(texts("button.home"), "home", style=Style.MAIN),),))
    if result.item is None:
        return step(result.walk, result.step, texts)
    return check.question(result.walk, result.step, result.item, texts)


def number_taken(result: Opened | NotSet, texts: Texts) -> Screen:
    """On to the next step with N noted, or what is wrong with the number."""
    if isinstance(result, NotSet):
        return participants.not_set(result, texts)
    return step(result.walk, result.step, texts, noted(result.walk, texts))


def number_typed(result: Opened | NotSet, texts: Texts) -> Reply:
    """The same for a typed number: what was noted stays in the chat above the next step."""
    if isinstance(result, NotSet):
        return Reply(card=participants.not_set(result, texts))
    return Reply((Screen(noted(result.walk, texts)),), step(result.walk, result.step, texts))


def noted(walk: Walk, texts: Texts) -> str:
    return texts("checklist.participants_set", number=walk.counts.declared)


def before_finish(walk: Walk, texts: Texts) -> Screen:
    """The second screen before what cannot be undone."""
    shown = walk.step_of(Kind.FINISH)
    return finish.confirm(walk, shown, texts) if shown else home(walk, texts)


def after_finish(result: Finished | NotYet, texts: Texts) -> Reply:
    """The message that stays, once, and what the coordinator knows; or why it is not finished yet."""
    shown = result.walk.step_of(Kind.NOTICE if isinstance(result, Finished) else Kind.FINISH)
    card = step(result.walk, shown, texts)
    if isinstance(result, Finished) and result.just_now:
        return Reply((finish.finished_message(result.walk, texts),), card)
    return Reply(card=card)
