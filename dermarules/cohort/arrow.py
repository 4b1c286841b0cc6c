"""The door to Arrow: without the extra, it says how to get it."""

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:  # pragma: no cover - run in a process of its own, without pyarrow
    raise ImportError("cohorts need pyarrow and numpy: pip install 'dermarules[cohort]'") from error

__all__ = ["pa", "pc"]
