"""What a child does for its parent: opens one file at a time, checks its pages, draws their pictures."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from recognition.files.open_file import ScanFile, open_file
from recognition.form import Form, load_form
from recognition.limits import Limits
from recognition.pages.check import check_page
from recognition.picture.annotate import annotate
from recognition.pool.wire import report_to_json
from recognition.symbols import last_look


class Desk:
    """Serves requests by their `op`: open, page, picture."""

    def __init__(self, limits: Limits) -> None:
        cv2.setNumThreads(1)
        self.limits = limits
        self.has_zbar = last_look.is_there()
        self._forms: dict[str, Form] = {}
        self._file: ScanFile | None = None
        self._form: Form | None = None
        self._event: str | None = None

    def serve(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The answer to one request. Raises FileRefusedError, and MemoryError at the limit."""
        serving: dict[str, Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]] = {
            "open": self._open,
            "page": self._page,
            "picture": self._picture,
        }
        return serving[request["op"]](request)

    def _open(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self._file = None
        self._file = open_file(Path(request["path"]), self.limits)
        self._form, self._event = self._known(request["form"]), request["event"]
        return {"pages": self._file.page_count}, b""

    def _known(self, plain: dict[str, Any]) -> Form:
        key = json.dumps(plain, sort_keys=True)
        if key not in self._forms:
            self._forms = {key: load_form(plain)}
        return self._forms[key]

    def _page(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        file, form = self._opened()
        report, _ = check_page(request["index"], file.page(request["index"]), form, self._event)
        return {"report": report_to_json(report)}, b""

    def _picture(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        file, form = self._opened()
        raster = file.page(request["index"])
        report, findings = check_page(request["index"], raster, form, self._event)
        return {}, annotate(raster, findings, report, form, request["labels"])

    def _opened(self) -> tuple[ScanFile, Form]:
        if self._file is None or self._form is None:
            message = "no file is open"
            raise RuntimeError(message)
        return self._file, self._form
