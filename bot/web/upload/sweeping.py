"""Looks after uploads while the process lives."""

import asyncio

import structlog

from services.uploads.sweep_uploads import SweepUploads

log = structlog.get_logger(__name__)

SWEEP_EVERY_S = 1800.0


async def keep_swept(sweep: SweepUploads) -> None:
    """At the start, because a kill may have left whole uploads, and then from time to time."""
    while True:
        try:
            await sweep()
        except Exception:  # a database that is away comes back
            log.exception("uploads.not_swept")
        await asyncio.sleep(SWEEP_EVERY_S)
