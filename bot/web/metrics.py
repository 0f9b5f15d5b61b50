"""`/metrics` for monitoring, on a port of its own. Labels are codes: no name, number or id of anybody."""

import asyncio
from collections.abc import Iterable

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.figures import Figures
from services.db.clock import Clock
from services.db.database import Database
from services.monitoring.counts import Count, counts
from services.monitoring.queues import Waiting, queues

PATH = "/metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "aprobot_"

LIMIT_S = 10.0

MEANING = {
    "database_up": "1 where the database answers",
    "updates": "Updates by state",
    "messages": "Messages by state and, where not sent, fate",
    "files": "Files that people sent, by state and code of refusal",
    "pages": "Checked pages by verdict",
    "kits": "Kits by state; complete ones hold a place",
    "jobs": "Jobs of the last day by queue and state",
    "queue_waiting": "What is due and not done",
    "queue_oldest_seconds": "How long the oldest of it has been due",
}


class Metrics:
    """Reads the figures of the database at each question and adds the times that this process measured."""

    def __init__(self, database: Database, clock: Clock, figures: Figures) -> None:
        self.database = database
        self.clock = clock
        self.figures = figures

    async def answer(self, _request: web.Request) -> web.Response:
        of_database = CollectorRegistry()
        of_database.register(Read(await self.read()))
        body = generate_latest(of_database) + generate_latest(self.figures.registry)
        return web.Response(body=body, headers={"Content-Type": TYPE})

    async def read(self) -> list[Count]:
        """A database that is away is a figure, too."""
        try:
            async with asyncio.timeout(LIMIT_S), self.database.transaction() as session:
                waiting, counted = await queues(session, self.clock.now()), await counts(session)
        except (SQLAlchemyError, OSError, TimeoutError):
            return [Count("database_up", {}, 0)]
        return [Count("database_up", {}, 1), *queue_figures(waiting), *counted]


class Read(Collector):
    """Figures that have been read already, in the library's form."""

    def __init__(self, read: Iterable[Count]) -> None:
        self.read = list(read)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for name in dict.fromkeys(count.name for count in self.read):
            same = [count for count in self.read if count.name == name]
            family = GaugeMetricFamily(PREFIX + name, MEANING[name], labels=list(same[0].labels))
            for count in same:
                family.add_metric(list(count.labels.values()), count.value)
            yield family


def queue_figures(waiting: dict[str, Waiting]) -> list[Count]:
    return [
        *(Count("queue_waiting", {"queue": name}, one.count) for name, one in waiting.items()),
        *(Count("queue_oldest_seconds", {"queue": name}, one.oldest_s) for name, one in waiting.items()),
    ]


def make_metrics_web(metrics: Metrics) -> web.Application:
    application = web.Application()
    application.router.add_get(PATH, metrics.answer)
    return application
