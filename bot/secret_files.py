"""Secrets from files: each secret setting may be given as its name with _FILE, which says where the file lies.

So a secret stands in no environment that other processes or an inspection of the container could show.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

SUFFIX = "_file"
LONGEST_BYTES = 64 * 1024


def read_secret_files(given: dict[str, Any], secrets: Collection[str]) -> dict[str, Any]:
    """The group's values with what the files hold in place of their paths.

    Raises PydanticCustomError: `secret_twice` where a secret is given both ways, `secret_file` where there is no such
    file or it holds nothing. Both carry the setting's name in their context.
    """
    values = dict(given)
    for secret in secrets:
        path = values.pop(secret + SUFFIX, None)
        if not path:
            continue
        if values.get(secret):
            raise PydanticCustomError("secret_twice", "given twice", {"setting": secret + SUFFIX})
        values[secret] = content(Path(str(path)), secret)
    return values


def content(path: Path, secret: str) -> str:
    """What the file holds, without the end of its last line: editors and `echo` add one."""
    try:
        with path.open("rb") as opened:
            text = opened.read(LONGEST_BYTES).decode().rstrip("\r\n")
    except (OSError, ValueError):
        text = ""
    if not text:
        raise PydanticCustomError("secret_file", "no such file", {"setting": secret + SUFFIX})
    return text
