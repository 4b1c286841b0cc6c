"""What the numbers were measured on: the processor, its memory and how fast it is copied. No name, no path."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from timing import in_turns

PACKAGES = ("experta", "clipspy", "clingo", "zen-engine", "numpy", "numba", "pyarrow")
COPIED = 256 * 2**20


def processor() -> str:
    """The model, the cores and the memory."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{next(models, platform.processor() or platform.machine())}, {os.cpu_count()} cores, {memory:.0f} GiB"


def versions() -> dict[str, str]:
    """Python and the packages that were measured or measured with."""
    return {"Python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def bandwidth() -> float:
    """Bytes read and written a second by one core that copies more than any cache holds; the quickest of ten."""
    source = np.zeros(COPIED // 8, np.float64)
    source[:] = 1.0
    target = np.empty_like(source)
    times = in_turns({"copy": lambda: np.copyto(target, source)}, rounds=10, budget=5)
    return 2 * COPIED / min(times["copy"].seconds)
