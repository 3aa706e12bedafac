"""Where the command begins: what was done already is said again, all else goes to `main`."""

from __future__ import annotations

import gc
import sys

from generator.cli.receipt import repeat

ALLOCATIONS = 200_000
"""New objects after which Python looks for circles of them. A build makes millions that stay until
its end and hardly a circle; looking at its usual 700 costs a quarter of a small rebuild."""


def start() -> None:
    """Run the command line of this process."""
    gc.set_threshold(ALLOCATIONS, 20, 20)
    if repeat(sys.argv[1:]):
        return
    from generator.cli.main import main

    main()
