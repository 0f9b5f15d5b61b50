"""What a coordinator is told of a file of kits to print."""

from services.conversation.screen import Action, Screen, Style
from services.events.queries import ParticipationView
from services.kits.issued import PrintFault, Unfit
from services.kits.issued_reading import Reading
from services.submissions.phrases import listed, lower_first, refusal_text
from services.texts import Texts

MOST_NUMBERS = 10


def print_file_wanted(texts: Texts, college: ParticipationView) -> Screen:
    """What to send and what comes of it."""
    text = texts.html("print.wanted", organisation=college.organisation.name)
    return Screen(text, rows=((to_college(texts, college),),))


def print_file_taken(texts: Texts, college: ParticipationView, name: str) -> Screen:
    """The receipt: what is read now, and that the answer comes by itself."""
    return Screen(texts.html("print.taken", name=name), rows=((to_college(texts, college),),))


def print_file_read(texts: Texts, college: ParticipationView, name: str, reading: Reading | Unfit) -> Screen:
    """The kits that the college is expected to send, or why the file was not attached."""
    row = (to_college(texts, college, Style.MAIN),)
    heading = texts.html("print.file", name=name, organisation=college.organisation.name)
    if isinstance(reading, Unfit):
        again = Action(texts("print.button.again"), "print_file", college.participation.id, style=Style.MAIN)
        text = "\n".join((f"<b>{fault_title(texts, reading)}</b>", heading, fault(texts, reading)))
        return Screen(text, rows=((again,), (to_college(texts, college),)))
    lines = (
        f"<b>{texts.n('print.read', len(reading.numbers))}</b>",
        heading,
        numbers(texts, reading),
        *remarks(texts, reading),
    )
    return Screen("\n".join(line for line in lines if line), rows=(row,))


def numbers(texts: Texts, reading: Reading) -> str:
    """The numbers: as a range where none is left out, else one by one."""
    first, last = reading.numbers[0], reading.numbers[-1]
    in_a_row = first.isdigit() and last.isdigit() and int(last) - int(first) + 1 == len(reading.numbers) > 1
    shown = f"{first}–{last}" if in_a_row else listed(texts, reading.numbers, MOST_NUMBERS)
    return texts.html("print.read.numbers", numbers=shown)


def remarks(texts: Texts, reading: Reading) -> list[str]:
    """Where the file and the college do not agree: N, and kits that were scanned before their list came."""
    lines = []
    if reading.participants is not None and reading.participants != reading.issued:
        lines.append(texts("print.not_n", issued=reading.issued, number=reading.participants))
    if reading.not_issued:
        lines.append(texts.html("print.not_issued", kits=listed(texts, reading.not_issued, MOST_NUMBERS)))
    if reading.elsewhere:
        lines.append(texts.html("print.elsewhere", kits=listed(texts, reading.elsewhere, MOST_NUMBERS)))
    return lines


def fault_title(texts: Texts, unfit: Unfit) -> str:
    return texts(f"print.fault.{unfit.fault}.title")


def fault(texts: Texts, unfit: Unfit) -> str:
    """Why nothing is taken from the file and what to do."""
    if unfit.fault == PrintFault.UNREADABLE:
        error, detail = unfit.values["error"], unfit.values["detail"]
        title = lower_first(refusal_text(texts, error, "title", detail))
        return texts("print.fault.unreadable", title=title, remedy=refusal_text(texts, error, "remedy", detail))
    return texts.html(f"print.fault.{unfit.fault}", **unfit.values)


def to_college(texts: Texts, college: ParticipationView, style: Style = Style.PLAIN) -> Action:
    return Action(texts("review.button.college"), "college", college.participation.id, style=style)
