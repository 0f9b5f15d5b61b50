"""What the file says of a picture beside its bytes, which pdfium does not tell: mask, decoding, visibility."""

import mmap
import re

_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_END = b"end"
_SAMPLE_AT, _SAMPLE = 1024, 32
"""A sample this far in tells scans apart: what a scanner writes before its first pixel is the same on every page."""
_DICTIONARY_BYTES = 4096
_OBJECT = re.compile(rb"\d\s+\d+\s+obj[\s]*(?=<<)")


class PdfStreams:
    """The dictionaries of streams, found by the streams' bytes. The file is passed once, when the first is asked for.

    Other ways would be a parser of our own, or a second library beside pdfium; both cost more than 0.4 ms a page.
    """

    def __init__(self, data: memoryview) -> None:
        self._data = data.obj if isinstance(data.obj, mmap.mmap | bytes) else bytes(data)
        self._starts: dict[bytes, list[int]] | None = None

    def dictionaries(self, raw: bytes) -> list[bytes]:
        """The dictionary of every stream that holds just these bytes: after an edit old ones stay in the file.

        Empty where the bytes are not in the file as they are (an encrypted file, an inline picture), or where one of
        the dictionaries cannot be told.
        """
        found = [start for start in self._candidates(raw) if self._data[start : start + len(raw)] == raw]
        texts = [self._dictionary(start) for start in found]
        return [] if None in texts else [text for text in texts if text is not None]

    def _candidates(self, raw: bytes) -> list[int]:
        if self._starts is None:
            self._starts = {}
            for start in self._all():
                self._starts.setdefault(self._data[start + _SAMPLE_AT : start + _SAMPLE_AT + _SAMPLE], []).append(start)
        if len(raw) < _SAMPLE_AT + _SAMPLE:
            return [start for starts in self._starts.values() for start in starts]
        return self._starts.get(raw[_SAMPLE_AT : _SAMPLE_AT + _SAMPLE], [])

    def _all(self) -> list[int]:
        return [
            found.end()
            for found in _STREAM.finditer(self._data)
            if self._data[max(0, found.start() - len(_END)) : found.start()] != _END
        ]

    def _dictionary(self, start: int) -> bytes | None:
        before = self._data[max(0, start - _DICTIONARY_BYTES) : start]
        heads = list(_OBJECT.finditer(before))
        return before[heads[-1].end() :] if heads else None
