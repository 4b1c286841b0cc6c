"""What is being measured, on the error stream."""

import sys
import time

_START = time.monotonic()


def say(text: str) -> None:
    """Tell what comes next, with the seconds since the start."""
    print(f"[{time.monotonic() - _START:4.0f} s] {text}", file=sys.stderr, flush=True)
