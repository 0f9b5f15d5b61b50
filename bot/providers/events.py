"""Events: loaded from the command line; nothing of them is asked for in the chat yet."""

from dishka import Provider, Scope, provide

from services.events.load_event import LoadEvent


class EventsProvider(Provider):
    scope = Scope.REQUEST
    load_event = provide(LoadEvent)
