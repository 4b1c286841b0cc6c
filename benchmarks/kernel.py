"""The batch kernel, if this installation has it."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def kernel() -> Callable[..., Any] | None:
    """`evaluate`, or None where the kernel or what it needs is not installed."""
    try:
        found: Callable[..., Any] = import_module("dermarules.inference.compiled.batch").evaluate
    except ImportError:
        return None
    return found
