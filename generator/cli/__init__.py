"""The command line: words in, an exit code out; `console.py` is the only printer."""
