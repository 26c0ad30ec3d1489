"""`keiretsu` and `python -m keiretsu`."""

import gc

VALUES = 100_000  # so many are made before the first search for rubbish


def main() -> None:
    """Run the command line. What a command makes lives as long as it does, so rubbish is hardly looked for."""
    gc.set_threshold(VALUES, 50, 50)
    from keiretsu.cli import main as run

    run()


if __name__ == "__main__":
    main()
