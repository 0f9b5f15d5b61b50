"""Handlers: each parses what came, calls one use case and returns its screen."""

from aiogram import Router

from handlers import coordinator, everyone, technician


def routers() -> list[Router]:
    """All handlers in the order in which they are asked, in routers of their own: a router can serve one dispatcher,
    and a process may hold several.
    """
    in_order = [
        *everyone.front_routers(),
        *technician.routers(),
        *coordinator.routers(),
        *everyone.last_routers(),
    ]
    return [anew(router) for router in in_order]


def anew(router: Router) -> Router:
    """A router with the same handlers, free of any dispatcher. Filters stand at handlers, never at whole routers."""
    fresh = Router(name=router.name)
    for event, observer in router.observers.items():
        fresh.observers[event].handlers.extend(observer.handlers)
    return fresh
