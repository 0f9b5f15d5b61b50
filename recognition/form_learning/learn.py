"""Learns a form from a born-digital PDF of at least two of its kits."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from recognition.form import Form, FormError, form_to_json, load_form, parse_payload
from recognition.form_learning.faults import LearnError, LearnFault, LearnNote, Note
from recognition.form_learning.grammar import infer
from recognition.form_learning.layout import kinds_of
from recognition.form_learning.observe import SeenPage, observe

MOST_PAGES = 60
"""Of the file, at half a second each: five kits of twelve tell as much as a thousand."""
_COMMON_PAPERS = ((210.0, 297.0), (297.0, 210.0), (148.0, 210.0), (210.0, 148.0), (297.0, 420.0), (420.0, 297.0))
_ROUNDED_MM = 0.6


def learn(path: Path, name: str, event: str | None = None) -> dict[str, Any]:
    """Plain data: form (JSON), notes, parts, kits and the texts of the pages seen. Raises LearnError."""
    seen, total = _look(path)
    if not any(page.texts for page in seen):
        raise LearnError(LearnFault.NO_SYMBOLS)
    texts = [_text(page, number) for number, page in enumerate(seen, 1)]
    inferred = infer(texts, event, cut=total > len(seen))
    notes = list(inferred.notes)
    if total > len(seen):
        notes.append(Note(LearnNote.FIRST_PAGES_ONLY, {"seen": len(seen), "total": total}))
    papers = {page.paper for page in seen}
    if float(np.ptp(np.array([page.paper for page in seen]), axis=0).max()) > _ROUNDED_MM:
        raise LearnError(LearnFault.PAPERS_DIFFER, count=len(papers))
    kinds, by_page, said = kinds_of(seen[: inferred.kits * inferred.pages], inferred.pages)
    form = Form(name, _paper(seen[0].paper), inferred.pages, kinds, by_page, inferred.grammar)
    notes += [*said, Note(LearnNote.FIELDS_UNKNOWN)]
    _prove(form, texts[: inferred.kits * inferred.pages])
    plain = form_to_json(form)
    said_of = [asdict(note) for note in notes]
    return {"form": plain, "notes": said_of, "parts": inferred.parts, "kits": inferred.kits, "texts": texts}


def _look(path: Path) -> tuple[list[SeenPage], int]:
    if not path.read_bytes()[:1024].lstrip().startswith(b"%PDF"):
        raise LearnError(LearnFault.NOT_PDF)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD
        raise LearnError(LearnFault.ENCRYPTED if encrypted else LearnFault.NOT_PDF) from error
    try:
        total = len(document)
        return [observe(document[index], index + 1) for index in range(min(total, MOST_PAGES))], total
    except (pdfium.PdfiumError, ValueError, ArithmeticError) as error:
        if isinstance(error, LearnError):
            raise
        raise LearnError(LearnFault.NOT_PDF) from error
    finally:
        document.close()


def _text(page: SeenPage, number: int) -> str:
    if not page.texts:
        raise LearnError(LearnFault.PAGE_WITHOUT_SYMBOL, page=number)
    if len(set(page.texts)) > 1:
        raise LearnError(LearnFault.SYMBOLS_DIFFER, page=number)
    return page.texts[0]


def _paper(size: tuple[float, float]) -> tuple[float, float]:
    """The common paper that a size in points was rounded from, or the size itself."""
    return min(
        (paper for paper in _COMMON_PAPERS if max(abs(a - b) for a, b in zip(paper, size, strict=True)) < _ROUNDED_MM),
        default=size,
    )


def _prove(form: Form, texts: list[str]) -> None:
    """The form must load again, and must name every page of the file as it stands there."""
    try:
        form = load_form(json.loads(json.dumps(form_to_json(form))))
    except FormError as error:
        raise LearnError(LearnFault.UNUSABLE, page=error.where) from error
    for number, text in enumerate(texts):
        identity = parse_payload(form, text)
        if identity is None or identity.page != number % form.pages + 1:
            raise LearnError(LearnFault.NO_COMMON_SHAPE, page=number + 1)
