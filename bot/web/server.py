"""Our own small web server: health, and the webhook where it is on."""

from aiohttp import web

from bot.intake.webhook import MOST_BYTES, PATH, Webhook

SHUTDOWN_S = 1.0
"""How long a request that is being answered may hold up the stop."""


async def healthz(_request: web.Request) -> web.Response:
    """The process is alive; it touches nothing else."""
    return web.json_response({"status": "ok"})


def make_web(webhook: Webhook | None) -> web.Application:
    """The application with its routes."""
    application = web.Application(client_max_size=MOST_BYTES)
    application.router.add_get("/healthz", healthz)
    if webhook is not None:
        application.router.add_post(PATH, webhook.receive)
    return application


async def start_web(
    application: web.Application, host: str, port: int, group: str = "APROBOT_WEB"
) -> tuple[web.AppRunner, int]:
    """Starts serving and returns the runner and the port.

    Raises OSError where the port is taken or the address is none; its file name is the group of settings to look at.
    """
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        error.filename = group
        raise
    bound: int = runner.addresses[0][1]
    return runner, bound
