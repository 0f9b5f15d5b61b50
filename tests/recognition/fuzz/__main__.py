"""Runs one target for so many seconds: what breaks it is left in the folder and makes the exit code."""

import sys
from pathlib import Path

import atheris
import cv2

with atheris.instrument_imports(include=["recognition"]):
    from tests.recognition.fuzz.targets import TARGETS

HANG_S = 20


def main(name: str, seconds: int, folder: Path) -> None:
    target = TARGETS[name]
    seeds = folder / name
    seeds.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (seeds / f"seed-{number}").write_bytes(data)
    cv2.setNumThreads(1)
    flags = [
        f"-max_total_time={seconds}",
        f"-timeout={HANG_S}",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={folder}/{name}-",
        "-print_final_stats=1",
        "-max_len=200000",
    ]
    atheris.Setup([sys.argv[0], *flags, str(seeds)], lambda data: target.run(data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
