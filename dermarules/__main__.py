"""Runs the command line: python -m dermarules."""

from dermarules.cli import main

if __name__ == "__main__":
    main()
