"""One large PDF through the upload page in headless Chromium, cut and resumed twice.

`python -m benchmarks.upload_page [--pictures FOLDER]`: ten kits of four pages at 600 dpi, grey, in one PDF; the network
goes at 25 %, the bot is killed (SIGKILL) at 60 %. One JSON object on standard output; exit 1 unless all kits count.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from sandbox.demo.large_file import large_file
from sandbox.demo.opened import opened
from sandbox.demo.upload_story import Told, UploadStory


async def main(pictures: Path | None = None) -> Told:
    with tempfile.TemporaryDirectory(prefix="aprobot-upload-") as folder:
        async with opened(Path(folder), 0) as stage:
            try:
                return await UploadStory(stage, await large_file(stage), pictures)()
            finally:
                await stage.bot.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=Path)
    told = asyncio.run(main(parser.parse_args().pictures))
    sys.stdout.write(json.dumps(told.as_json(), ensure_ascii=False) + "\n")
    raise SystemExit(0 if told.good else 1)
