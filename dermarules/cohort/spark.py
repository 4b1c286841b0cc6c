"""Cohorts on Spark: the batch kernel on every worker, through `DataFrame.mapInArrow`."""

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from dermarules.cohort.arrow import pa
from dermarules.cohort.batches import BatchKernel, batch_kernel

try:
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
except ImportError as error:  # pragma: no cover - run in a process of its own, where it is missing
    raise ImportError("Spark needs an extra: pip install 'dermarules[spark]'") from error


def localize(
    df: DataFrame,
    *,
    knowledge: Path | str | None = None,
    map: str = "consensus",
    lenient: bool = False,
    several: bool = False,
) -> DataFrame:
    """The answers to a frame of cases in the wide form, a row for each.

    Raises `CaseError` with every column that cannot be read, before any work. A row that cannot be read fails the job
    with its id and the reason; if `lenient`, the column `fault` holds the reason, and the job goes on. `knowledge` is a
    folder that the driver and every worker have under this name; by default, each has that of its installation.
    """
    kernel = batch_kernel(knowledge=knowledge, map=map, lenient=lenient, several=several)
    schema = to_arrow_schema(df.schema)
    for column, reason in kernel.localizer(schema).ignored_columns.items():
        warnings.warn(f"column {column} is passed over: {reason}", stacklevel=2)
    # Spark looks up the columns of a frame by name there, and takes the dots of ours for its own.
    numbered = df.toDF(*(str(number) for number in range(len(df.columns))))
    return numbered.mapInArrow(_under_names(df.columns, kernel), from_arrow_schema(kernel.output(schema)))


def _under_names(
    names: Sequence[str], kernel: BatchKernel
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The kernel for batches whose columns have lost their names."""

    def answers(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return kernel.answers(pa.RecordBatch.from_arrays(batch.columns, names=names) for batch in batches)

    return answers
