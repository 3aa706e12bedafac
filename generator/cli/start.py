"""Where the command begins: what was done already is said again, all else goes to `main`."""

from __future__ import annotations

import sys

from generator.cli.receipt import repeat


def start() -> None:
    """Run the command line of this process."""
    if repeat(sys.argv[1:]):
        return
    from generator.cli.main import main

    main()
