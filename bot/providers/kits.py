"""The kit ledger and its picture, and the regions that coordinators watch."""

from dishka import Provider, Scope, provide

from services.kits.attach_print_file import AttachPrintFile
from services.kits.send_print_file import SendPrintFile
from services.kits.settle_places import SettlePlaces
from services.kits.show_picture import ShowPicture
from services.reports.college import ShowCollege
from services.reports.home import CoordinatorHome
from services.reports.region import ShowRegion


class KitsProvider(Provider):
    """All of them read or write within one transaction; a print file is read by a job."""

    scope = Scope.REQUEST
    settle_places = provide(SettlePlaces)
    send_print_file = provide(SendPrintFile)
    attach_print_file = provide(AttachPrintFile, scope=Scope.APP)
    show_picture = provide(ShowPicture)
    coordinator_home = provide(CoordinatorHome)
    show_region = provide(ShowRegion)
    show_college = provide(ShowCollege)
