"""Small training materials that stand for the official ones, which only the federal system hands out."""

import json
from pathlib import Path

import typst

from sandbox.page.catalogue import say

PAPERS = ("manual", "client", "sample")
TEMPLATE = """
#set page("a4", margin: 25mm)
#set text(lang: "ru", size: 12pt)
#set par(justify: false, leading: 0.8em)
#let paper = json("paper.json")
#text(size: 20pt, weight: "bold")[#paper.title]
#v(6mm)
#for line in paper.lines [+ #line
]
#v(1fr)
#text(fill: gray)[#paper.note]
"""


def write_handouts(folder: Path) -> None:
    """Writes manual.pdf, client.pdf and sample.pdf."""
    for paper in PAPERS:
        content = {
            "title": say(f"demo.{paper}"),
            "lines": say(f"demo.{paper}.lines").split("\n"),
            "note": say("demo.note"),
        }
        sources = {"main.typ": TEMPLATE.encode(), "paper.json": json.dumps(content).encode()}
        compiled: bytes = typst.compile(  # type: ignore[call-overload]  # its stub does not know sources given as a dict
            sources, format="pdf", ignore_system_fonts=True
        )
        (folder / f"{paper}.pdf").write_bytes(compiled)
