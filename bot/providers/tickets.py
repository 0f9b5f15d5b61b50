"""Asking support, and being answered."""

from dishka import Provider, Scope, provide

from services.tickets.open_ticket import OpenTicket
from services.tickets.settle_delivery import SettleDelivery


class TicketsProvider(Provider):
    """A ticket belongs to the transaction of its cause; what became of its messages is a job."""

    scope = Scope.REQUEST
    open_ticket = provide(OpenTicket)
    settle_delivery = provide(SettleDelivery, scope=Scope.APP)
