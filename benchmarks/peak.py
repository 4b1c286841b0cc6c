"""Runs a command and prints its seconds and its peak of memory in bytes: `python benchmarks/peak.py COMMAND ...`.

A process of its own, and a small one: a child counts what its parent held when it was started.
"""

import resource
import subprocess
import sys
import time


def main() -> int:
    """Run the command, its own output thrown away."""
    start = time.perf_counter()
    code = subprocess.run(sys.argv[1:], check=False, stdout=subprocess.DEVNULL).returncode
    took = time.perf_counter() - start
    print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
    return code


if __name__ == "__main__":
    sys.exit(main())
