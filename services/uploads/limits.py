"""How much may come in over the upload page."""

from datetime import timedelta

from recognition.limits import DEFAULT

LARGEST = DEFAULT.file_bytes
"""Bytes of one file: what recognition takes."""

MOST_OPEN = 200
"""Uploads of one person for one college that have begun and not ended."""

MOST_SPOOLED = 4_000_000_000
"""Bytes of all of them."""

MOST_UNCHECKED = 300
"""Files of one person that wait for their check: more are taken when these are done."""

WAIT_S = 15
"""When to ask again after one of the limits above."""

STALE_AFTER = timedelta(days=2)
"""An upload that nobody has gone on with for so long is given up."""

LINK_FOR = timedelta(days=7)
"""How long a link opens the page; less where the event ends before."""
