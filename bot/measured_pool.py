"""Recognition with a clock beside it."""

from typing import Any

from bot.figures import Figures, timed
from recognition.pool import Pool
from recognition.report import FileReport


class MeasuredPool(Pool):
    """Measures how long each file takes, its wait for a free child included."""

    def __init__(self, figures: Figures, workers: int) -> None:
        super().__init__(workers)
        self.figures = figures

    async def check(self, *arguments: Any, **named: Any) -> FileReport:
        with timed(self.figures.checking):
            return await super().check(*arguments, **named)
