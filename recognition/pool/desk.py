"""What a child does for its parent: checks the pages of one file at a time, draws them, compares pages of several."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from recognition.files.open_file import ScanFile, open_file
from recognition.form import Form, load_form
from recognition.form_learning.faults import LearnError
from recognition.form_learning.learn import learn
from recognition.limits import Limits
from recognition.pages.check import check_page
from recognition.picture.annotate import annotate
from recognition.pool.wire import comparison_to_json, report_to_json
from recognition.sheets.compare import compare
from recognition.sheets.comparison import Spot
from recognition.sheets.portrait import portrait
from recognition.sheets.shelf import Shelf
from recognition.symbols import last_look
from recognition.symbols.any_picture import read_any


class Desk:
    """Serves requests by their `op`: open, page, picture of one file; sheet, compare, portray of any files."""

    def __init__(self, limits: Limits) -> None:
        cv2.setNumThreads(1)
        self.limits = limits
        self.has_zbar = last_look.is_there()
        self._forms: dict[str, Form] = {}
        self._file: ScanFile | None = None
        self._form: Form | None = None
        self._event: str | None = None
        self._shelf: Shelf | None = None

    def serve(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The answer to one request. Raises FileRefusedError, and MemoryError at the limit."""
        serving: dict[str, Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]] = {
            "open": self._open,
            "page": self._page,
            "picture": self._picture,
            "sheet": self._sheet,
            "compare": self._compare,
            "portray": self._portray,
            "decode": self._decode,
            "learn": self._learn,
        }
        return serving[request["op"]](request)

    def _open(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self._file = self._shelf = None
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

    def _sheet(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self._shelf_for(request).page(_spot(request["spot"]))
        return {}, b""

    def _compare(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        shelf = self._shelf_for(request)
        first, second = (shelf.page(_spot(plain)) for plain in request["pair"])
        return comparison_to_json(compare(first, second, shelf.form))

    def _portray(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        return {}, portrait(self._shelf_for(request).page(_spot(request["spot"])).canvas)

    def _decode(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The text of the first symbol on any page of any picture, whatever form it is of."""
        self._file = self._shelf = None
        file = open_file(Path(request["path"]), self.limits)
        texts = (read_any(file.page(index).gray()) for index in range(file.page_count))
        return {"text": next((text for text in texts if text), None)}, b""

    def _learn(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The form of a PDF of kits, or why none can be made of it: both are answers."""
        self._file = self._shelf = None
        try:
            return {"learned": learn(Path(request["path"]), request["name"], request["event"])}, b""
        except LearnError as error:
            return {"fault": error.fault, "values": error.values}, b""

    def _shelf_for(self, request: dict[str, Any]) -> Shelf:
        """The shelf of this form; whatever was open for a check is let go, for both together would need too much."""
        form = self._known(request["form"])
        self._file = None
        if self._shelf is None or self._shelf.form is not form:
            self._shelf = Shelf(self.limits, form)
        return self._shelf

    def _opened(self) -> tuple[ScanFile, Form]:
        if self._file is None or self._form is None:
            message = "no file is open"
            raise RuntimeError(message)
        return self._file, self._form


def _spot(plain: list[Any]) -> Spot:
    return Spot(Path(plain[0]), int(plain[1]))
