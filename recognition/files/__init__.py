"""Files of strangers: what they are, whether they are whole, and the pages in them."""

from recognition.files.open_file import ScanFile, open_file
from recognition.files.raster import Raster
from recognition.files.refused import FileRefusedError

__all__ = ["FileRefusedError", "Raster", "ScanFile", "open_file"]
