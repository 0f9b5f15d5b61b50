"""The upload page: links to it, and uploads in pieces."""

from pathlib import Path

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from bot.providers.foundation import Bots
from bot.settings import Settings
from recognition.pool import Pool
from services.db.clock import Clock
from services.files.store import FileStore
from services.telegram.init_data import InitData
from services.uploads.begin_upload import BeginUpload
from services.uploads.cancel_upload import CancelUpload
from services.uploads.complete_upload import CompleteUpload
from services.uploads.enter import Enter
from services.uploads.enter_app import EnterApp
from services.uploads.link import UploadLinks, secret_of
from services.uploads.list_files import ListFiles
from services.uploads.offer_link import OfferLink
from services.uploads.portraits import Portraits
from services.uploads.receive_bytes import ReceiveBytes
from services.uploads.show_page import ShowPage
from services.uploads.spool import Spool
from services.uploads.stamp import StampOf
from services.uploads.sweep_uploads import SweepUploads

USUAL_SPOOL = "var/spool"


class UploadsProvider(Provider):
    """Use cases live as long as a request. Receiving bytes takes many transactions: it lives as long as the process."""

    scope = Scope.REQUEST
    enter = provide(Enter)
    begin = provide(BeginUpload)
    cancel = provide(CancelUpload)
    list_files = provide(ListFiles)
    show_page = provide(ShowPage)
    stamp = provide(StampOf)
    offer_link = provide(OfferLink)

    complete = provide(CompleteUpload, scope=Scope.APP)
    receive = provide(ReceiveBytes, scope=Scope.APP)
    sweep = provide(SweepUploads, scope=Scope.APP)

    @provide(scope=Scope.APP)
    def links(self, settings: Settings) -> UploadLinks:
        own = settings.web.link_secret.get_secret_value().encode()
        return UploadLinks(own or secret_of(settings.telegram.token.get_secret_value()), settings.web.public_url)

    @provide(scope=Scope.APP)
    def spool(self, settings: Settings) -> Spool:
        return Spool(spool_folder(settings))

    @provide(scope=Scope.APP)
    def portraits(self, settings: Settings, pool: Pool, store: FileStore) -> Portraits:
        return Portraits(pool, store, spool_folder(settings) / "pages")

    @provide(scope=Scope.APP)
    def init_data(self, settings: Settings) -> InitData:
        return InitData(settings.telegram.token.get_secret_value())

    @provide
    def enter_app(
        self, session: AsyncSession, clock: Clock, links: UploadLinks, init_data: InitData, bots: Bots
    ) -> EnterApp:
        return EnterApp(session, clock, links, init_data, next(iter(bots)))


def spool_folder(settings: Settings) -> Path:
    """Beside the scans where they lie in a folder: then storing a whole upload stays on one disk."""
    if settings.web.spool:
        return Path(settings.web.spool).resolve()
    if settings.files.url.startswith("file:"):
        return Path(settings.files.url.removeprefix("file:").removeprefix("//")).parent / "spool"
    return Path(USUAL_SPOOL).resolve()
