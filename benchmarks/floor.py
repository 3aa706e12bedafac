"""The floor: write the files of one folder into another and do nothing else.

Run as a command of its own (`floor.py FROM TO`), because it holds all the bytes in memory. Prints
the wall and the CPU seconds of the writing alone.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def main(source: Path, target: Path) -> None:
    """Read all, then write all against the clock."""
    files = {
        path.relative_to(source): path.read_bytes() for path in source.rglob("*") if path.is_file()
    }
    os.sync()
    wall, cpu = time.perf_counter(), time.process_time()
    made: set[Path] = set()
    for path, data in files.items():
        if path.parent not in made:
            (target / path.parent).mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        (target / path).write_bytes(data)
    print(time.perf_counter() - wall, time.process_time() - cpu)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
