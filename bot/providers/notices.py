"""Telling coordinators, and knowing that they were told."""

from dishka import Provider, Scope, provide

from services.notices.completed import TellCompleted
from services.notices.settle_notice import SettleNotice


class NoticesProvider(Provider):
    """The notice belongs to the finish's transaction; what became of it is a job."""

    scope = Scope.REQUEST
    tell_completed = provide(TellCompleted)
    settle_notice = provide(SettleNotice, scope=Scope.APP)
