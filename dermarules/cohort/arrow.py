"""The door to Arrow: without the extra, it says how to get it."""

try:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:  # pragma: no cover - run in a process of its own, where they are missing
    raise ImportError("cohorts need an extra: pip install 'dermarules[cohort]'") from error

__all__ = ["np", "pa", "pc"]
