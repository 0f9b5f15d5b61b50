"""Fills the templates of the upload page."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.texts import Texts
from services.uploads.screens import RowWords

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
SCRIPT_TEXTS = (
    "queued",
    "sending",
    "offline",
    "follows",
    "storing",
    "failed",
    "unexpected",
    "not_a_scan",
    "changed",
    "unreadable",
    "empty",
    "large",
    "coming",
    "announce.started",
    "announce.done",
    "announce.failed",
    "announce.all",
)


@cache
def version() -> str:
    """Changes with the static files, so that no browser keeps old ones."""
    digest = sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def page(texts: Texts, **values: Any) -> str:
    return render("page.html", texts, script_texts=as_data(script_texts(texts)), **values)


def row(texts: Texts, words: RowWords, base: str) -> str:
    return render("row.html", texts, row=words, base=base)


def digest_of(html: str) -> str:
    """By which a browser says that it has these very words."""
    return sha256(html.encode()).hexdigest()[:12]


def wrong_link_page(texts: Texts, why: str) -> str:
    return render("wrong.html", texts, why=why)


def app_page(texts: Texts) -> str:
    return render("app.html", texts)


def render(template: str, texts: Texts, **values: Any) -> str:
    """`t` gives a text as it is, `h` one that holds markup of ours with its values escaped."""
    return TEMPLATES.get_template(template).render(
        t=texts,
        h=lambda key, **filled: Markup(texts.html(key, **filled)),  # noqa: S704 (our markup, values escaped)
        lang=texts.language,
        version=version(),
        **values,
    )


def script_texts(texts: Texts) -> dict[str, str]:
    return {name: texts.catalogue.gettext(f"web.js.{name}") for name in SCRIPT_TEXTS}


def as_data(values: Mapping[str, Any]) -> Markup:
    """For a script element of data: no text in it can close the element."""
    return Markup(json.dumps(values, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 (escaped just here)
