"""Printing and scanning by simulation: real pages for rehearsals, tests and the demo, and the truth about each."""

from recognition.simulator.defects import DEFECTS
from recognition.simulator.encode import EncodedPage, FileFormat, encode
from recognition.simulator.scan import PageTruth, ScannedPage, scan_pages
from recognition.simulator.settings import Mode, ScanSettings
from recognition.simulator.write import ScanRun, write_scans

__all__ = [
    "DEFECTS",
    "EncodedPage",
    "FileFormat",
    "Mode",
    "PageTruth",
    "ScanRun",
    "ScanSettings",
    "ScannedPage",
    "encode",
    "scan_pages",
    "write_scans",
]
