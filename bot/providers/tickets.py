"""Asking support, and being answered."""

from dishka import Provider, Scope, provide

from services.tickets.ask_support import AskSupport
from services.tickets.await_words import AwaitWords
from services.tickets.begin_ticket import BeginTicket
from services.tickets.close_ticket import CloseTicket
from services.tickets.find_replied import FindReplied
from services.tickets.keep_question import KeepQuestion
from services.tickets.list_tickets import ListOwn, ShowDesk
from services.tickets.open_ticket import OpenTicket
from services.tickets.say_in_ticket import SayInTicket
from services.tickets.send_question import SendQuestion
from services.tickets.settle_delivery import SettleDelivery
from services.tickets.show_ticket import ShowTicket


class TicketsProvider(Provider):
    """A ticket belongs to the transaction of its cause; what became of its messages is a job."""

    scope = Scope.REQUEST
    ask_support = provide(AskSupport)
    await_words = provide(AwaitWords)
    begin_ticket = provide(BeginTicket)
    close_ticket = provide(CloseTicket)
    find_replied = provide(FindReplied)
    keep_question = provide(KeepQuestion)
    list_own = provide(ListOwn)
    open_ticket = provide(OpenTicket)
    say_in_ticket = provide(SayInTicket)
    send_question = provide(SendQuestion)
    show_desk = provide(ShowDesk)
    show_ticket = provide(ShowTicket)
    settle_delivery = provide(SettleDelivery, scope=Scope.APP)
