"""`python -m generator` is `marbre`."""

from generator.cli.start import start

if __name__ == "__main__":
    start()
