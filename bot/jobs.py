"""Which kinds of jobs there are, where each waits, and how many run at once."""

from dishka import AsyncContainer

from bot.settings import Settings
from services.jobs.engine import Kind
from services.kits.attach_print_file import AttachPrintFile
from services.notices.settle_notice import SettleNotice
from services.reviews.put_question import PutQuestion
from services.submissions.check_file import CheckFile
from services.submissions.close_batch import CloseBatch
from services.submissions.fetch_file import FetchFile
from services.tickets.settle_delivery import SettleDelivery


async def job_kinds(container: AsyncContainer) -> dict[str, Kind]:
    """Jobs by name."""
    return {
        "fetch_file": Kind(await container.get(FetchFile), "fetch"),
        "check_file": Kind(await container.get(CheckFile), "check"),
        "close_batch": Kind(await container.get(CloseBatch), "small"),
        "notice_settled": Kind(await container.get(SettleNotice), "small"),
        "attach_print_file": Kind(await container.get(AttachPrintFile), "check"),
        "put_question": Kind(await container.get(PutQuestion), "check"),
        "ticket_settled": Kind(await container.get(SettleDelivery), "small"),
    }


def job_queues(settings: Settings) -> dict[str, int]:
    """Widths: downloads wait for the network, checks take a recognition worker each, the rest is quick."""
    return {"fetch": 4, "check": settings.recognition.workers, "small": 4}
