"""The files that the event hands out."""

from services.checklists.screens.frame import paragraphs
from services.checklists.send_materials import times_sent
from services.checklists.step import Step
from services.checklists.walk import Handout, Walk
from services.conversation.screen import Action, Attachment, Screen, Style
from services.texts import Texts

MOST_LISTED = 12


def body(walk: Walk, step: Step, texts: Texts) -> str:
    """What is needed, what the bot gives, and whether it was sent."""
    if not walk.handouts:
        return paragraphs(texts(f"step.{step.id}.body"), texts("materials.none"))
    listed = "\n".join(texts.html("materials.line", title=handout.title) for handout in walk.handouts[:MOST_LISTED])
    rest = len(walk.handouts) - MOST_LISTED
    more = "\n" + texts("materials.more", n=rest) if rest > 0 else ""
    key = "materials.sent" if times_sent(walk, step) else "materials.offered"
    return paragraphs(texts(f"step.{step.id}.body"), texts.n(key, len(walk.handouts)) + "\n" + listed + more)


def actions(walk: Walk, step: Step, texts: Texts) -> tuple[tuple[Action, ...], ...]:
    """Files first; who has them already, from the official site, may mark the step at once."""
    sent = times_sent(walk, step)
    style = Style.MAIN if sent or not walk.handouts else Style.PLAIN
    mark = Action(texts(f"step.{step.id}.done"), "done", walk.participation, step.id, style)
    if not walk.handouts:
        return ((mark,),)
    if sent:
        return ((mark,), (again(walk, step, texts),))
    get = Action(texts("materials.button.get"), "materials", walk.participation, "0", Style.MAIN)
    return ((get,), (mark,))


def again(walk: Walk, step: Step, texts: Texts) -> Action:
    """Sends the files once more; the argument is what makes a double press of it harmless."""
    sent = times_sent(walk, step)
    key = "materials.button.again" if sent else "materials.button.get"
    return Action(texts(key), "materials", walk.participation, str(sent))


def messages(files: tuple[Handout, ...], texts: Texts) -> tuple[Screen, ...]:
    """One message a file. A college's own file says that it must be printed only once."""
    return tuple(message(file, texts) for file in files)


def message(file: Handout, texts: Texts) -> Screen:
    caption = texts.html("materials.caption.own" if file.own else "materials.caption", title=file.title)
    return Screen(caption, documents=(Attachment(file.file_hash, file.file_name),))
