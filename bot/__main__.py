"""`python -m bot` is `aprobot`."""

import typer

from bot.cli import check, config, decode, doctor, events, forms, invites, kits, serve
from bot.cli.fault import one_sentence
from services.texts import load_texts

texts = load_texts("ru")


def make_app() -> typer.Typer:
    """The whole command line."""
    app = typer.Typer(name="aprobot", help=texts("cli.aprobot"), no_args_is_help=True, pretty_exceptions_enable=False)
    app.add_typer(kits.app, name="kits")
    app.add_typer(forms.app, name="forms")
    check.register(app)
    decode.register(app)
    app.add_typer(events.app, name="events")
    app.add_typer(invites.app, name="invites")
    serve.register(app)
    config.register(app)
    doctor.register(app)
    return app


def main() -> None:
    with one_sentence():
        make_app()(prog_name="aprobot")


if __name__ == "__main__":
    main()
