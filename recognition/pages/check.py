"""One page from pixels to report."""

from dataclasses import replace

from recognition.files.raster import Raster
from recognition.form import Form
from recognition.pages.findings import Findings
from recognition.pages.look import look
from recognition.report import PageReport
from recognition.verdict.judge import judge


def check_page(index: int, raster: Raster, form: Form, event: str | None = None) -> tuple[PageReport, Findings]:
    """The report of a page and what it rests on. Raises FileRefusedError where the pixels cannot be decoded."""
    findings = look(raster, form)
    return replace(judge(index, findings, form, event), entry=raster.entry), findings
