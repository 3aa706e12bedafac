"""`python -m generator` is `marbre`."""

from generator.cli.main import main

if __name__ == "__main__":
    main()
