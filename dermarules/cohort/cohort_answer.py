"""The answer to a cohort: an Arrow table, of which every row can be explained."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dermarules.cohort.arrow import pa
from dermarules.cohort.faults import table_error
from dermarules.cohort.ignored import Ignored
from dermarules.cohort.localizer import BadRow, Localizer
from dermarules.findings import Case
from dermarules.report import Report, localize
from dermarules.vocabulary import Urgency

_SHOWN = 3


@dataclass(frozen=True, eq=False)
class CohortAnswer:
    """What follows for each case. `table` has a row for each, in the order of the cases that were given.

    Whatever takes an Arrow table takes this too: `polars.DataFrame(answer)`, `pyarrow.table(answer)`.
    `ignored` and `bad` are empty unless the table was read leniently: a bad row contradicts itself, and has no answer.
    """

    table: pa.Table
    ignored: Ignored
    bad: tuple[BadRow, ...]
    _cases: pa.Table = field(repr=False)
    _localizer: Localizer = field(repr=False)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def case(self, i: int) -> Case:
        """The case that a row states, counted from 0."""
        if not -len(self) <= i < len(self):
            raise IndexError(f"row {i} of {len(self)}")
        row = i % len(self)
        for bad in self.bad:
            if bad.row == row:
                raise table_error([f"row {row}: {bad.reason}"])
        return self._localizer.case(self._cases.slice(row, 1).to_batches()[0], 0, f"row {row}")

    def explain_row(self, i: int) -> Report:
        """The full report of a row, counted from 0: what `localize` says of that case alone."""
        return localize(self.case(i), knowledge=self._localizer.knowledge, map=self._localizer.map)

    @property
    def urgencies(self) -> dict[str, int]:
        """How many cases there are of each urgency, the most urgent first."""
        counts = Counter(self.table.column("urgency").to_pylist())
        return {urgency.value: counts[urgency.value] for urgency in Urgency if counts[urgency.value]}

    @property
    def localizations(self) -> dict[str, int]:
        """How many cases each localization comes first in, the commonest first."""
        counted = self.table.column("first_localization").value_counts().to_pylist()
        named = [(each["values"], each["counts"]) for each in counted if each["values"] is not None]
        return dict(sorted(named, key=lambda each: (-each[1], each[0])))

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)

    def _told(self) -> Iterator[tuple[str, str]]:
        yield "cases", f"{len(self):,}"
        yield "urgency", _counted(self.urgencies)
        yield "first", _counted(dict(list(self.localizations.items())[:_SHOWN]))
        if self.bad:
            yield "without an answer", f"{len(self.bad):,}"
        if self.ignored != Ignored():
            yield "ignored", f"columns {len(self.ignored.columns)}, values {sum(self.ignored.values.values()):,}"
        yield "map", self._localizer.map
        yield "knowledge", f"{self._localizer.knowledge.version} ({self._localizer.knowledge.digest[:12]})"

    def __repr__(self) -> str:
        return "CohortAnswer\n" + "\n".join(f"  {name}: {text}" for name, text in self._told())

    def __rich_repr__(self) -> Iterator[tuple[str, str]]:
        return self._told()

    def _repr_html_(self) -> str:
        rows = (f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in self._told())
        return f"<table>{''.join(rows)}</table>"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"
