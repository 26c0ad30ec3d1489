"""`python -m keiretsu`."""

from keiretsu.cli import main

if __name__ == "__main__":
    main()
