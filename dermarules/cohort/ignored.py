"""What a lenient reading passed over."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ignored:
    """Columns with the reason, values by column and value with the number of rows, and ids of several rows."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], int] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return "\n".join(
            [
                *(f"column {name}: {reason}" for name, reason in self.columns.items()),
                *(f"{column} {value!r}: {_rows(count)}" for (column, value), count in self.values.items()),
                *(f"id {name!r}: {_rows(count)}" for name, count in self.ids.items()),
            ]
        )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def joined(parts: Iterable[Ignored]) -> Ignored:
    """What was passed over in the parts of one table."""
    columns: dict[str, str] = {}
    values: Counter[tuple[str, str]] = Counter()
    ids: Counter[str] = Counter()
    for part in parts:
        columns.update(part.columns)
        values.update(part.values)
        ids.update(part.ids)
    return Ignored(columns, dict(values), dict(ids))
