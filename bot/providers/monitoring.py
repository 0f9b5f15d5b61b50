"""What the product tells of itself: readiness and figures."""

from dishka import Provider, Scope, provide

from bot.figures import Figures
from bot.providers.foundation import Bots
from bot.web.metrics import Metrics
from bot.web.ready import Readiness
from services.db.clock import Clock
from services.db.database import Database
from services.files.store import FileStore
from services.jobs.engine import JobEngine


class MonitoringProvider(Provider):
    """One of each a process."""

    scope = Scope.APP
    figures = provide(Figures)
    metrics = provide(Metrics)

    @provide
    def readiness(self, database: Database, files: FileStore, bots: Bots, engine: JobEngine, clock: Clock) -> Readiness:
        return Readiness(database, files, bots, engine, clock)
