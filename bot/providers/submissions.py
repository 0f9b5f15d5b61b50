"""Receiving, fetching, checking and summing up files."""

from dishka import Provider, Scope, provide

from services.submissions.check_file import CheckFile
from services.submissions.close_batch import CloseBatch
from services.submissions.fetch_file import FetchFile
from services.submissions.open_upload import OpenUpload
from services.submissions.progress import Progress
from services.submissions.receive_file import ReceiveFile
from services.submissions.settle import Settle
from services.submissions.show_faults import ShowFaults


class SubmissionsProvider(Provider):
    """Use cases live as long as a transaction, jobs as long as the process."""

    scope = Scope.REQUEST
    progress = provide(Progress)
    receive_file = provide(ReceiveFile)
    open_upload = provide(OpenUpload)
    show_faults = provide(ShowFaults)

    settle = provide(Settle, scope=Scope.APP)
    fetch_file = provide(FetchFile, scope=Scope.APP)
    check_file = provide(CheckFile, scope=Scope.APP)
    close_batch = provide(CloseBatch, scope=Scope.APP)
