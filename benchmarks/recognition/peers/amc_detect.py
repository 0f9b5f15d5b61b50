"""AMC's mark detector alone: loads each page's picture and finds its four corner marks; it reads no symbol."""

import subprocess
import sys
import tempfile
from pathlib import Path

from measured import serve

DETECTOR = "/usr/libexec/AMC/exec/AMC-detect"
OF_A4_AT_300_DPI = ("-x", "2480", "-y", "3508", "-d", "83", "-p", "0.3", "-m", "0.3", "-c", "4", "-t", "0.5")


def read(pdf: Path) -> int:
    """Pages on which four marks were found. The pictures are taken out of the PDF by poppler, as AMC does."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdfimages", "-j", pdf, f"{folder}/page"], check=True)
        orders = "".join(f"load {picture}\n" for picture in sorted(Path(folder).iterdir())) + "quit\n"
        done = subprocess.run([DETECTOR, *OF_A4_AT_300_DPI], input=orders, text=True, capture_output=True, check=True)
        return done.stdout.count("Frame[3]")


serve(read, Path(sys.argv[1]))
