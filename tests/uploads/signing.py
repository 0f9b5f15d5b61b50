"""Signs as Telegram signs what a Mini App says of itself."""

import json
from datetime import datetime
from urllib.parse import quote

from services.telegram.init_data import InitData
from tests.planted import TOKEN


def signed(now: datetime, **changes: str) -> str:
    """Init data for the planted token."""
    said = {"auth_date": str(int(now.timestamp())), "user": json.dumps({"id": 42, "first_name": "Пётр"}), **changes}
    reader = InitData(TOKEN)
    return "&".join(f"{name}={quote(value)}" for name, value in {**said, "hash": reader.signature(said)}.items())
