"""getFile and the download that follows it; a server of one's own (`--local`) hands over paths instead."""

from typing import Any

from sandbox.api.call import Call, Method
from sandbox.api.errors import bad_request
from sandbox.state.files import StoredFile

MAX_DOWNLOAD = 20 << 20


def path_of(file: StoredFile) -> str:
    suffix = file.name.rpartition(".")[2] if "." in file.name else "bin"
    return f"{file.kind}s/file_{file.key}.{suffix}" if suffix.isalnum() else f"{file.kind}s/file_{file.key}"


async def get_file(call: Call) -> dict[str, Any]:
    file = call.world.files.by_id(call.bot.id, call.values["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD and not call.world.hands_over_paths:
        raise bad_request("file is too big")
    return {
        "file_id": call.values["file_id"],
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": str(file.path) if call.world.hands_over_paths else path_of(file),
    }


METHODS: dict[str, Method] = {"getFile": get_file}
