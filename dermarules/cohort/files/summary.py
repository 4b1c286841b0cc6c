"""What a run found, counted over all its answers."""

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from dermarules.vocabulary import Certainty, Urgency

_TOP = 10


@dataclass(frozen=True, slots=True)
class Section:
    """Words under a title, each with how many answers it is true of."""

    title: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many answers there are, and how often each word stands in each of the columns that are counted."""

    rows: int = 0
    urgency: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    certainty: Counter[str] = field(default_factory=Counter)
    several: int = 0
    raised: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    waiting: int = 0

    def plus(self, answers: pa.RecordBatch) -> "Summary":
        """The summary with more answers."""
        columns = {name: answers.column(name) for name in answers.schema.names}
        first = pc.binary_join_element_wise(
            _text(columns["first_localization"]), _text(columns["first_side"]), ", ", null_handling="skip"
        )
        opened = columns["red_flags_open"]
        return Summary(
            self.rows + answers.num_rows,
            self.urgency + _counted(columns["urgency"]),
            self.first + _counted(first),
            self.certainty + _counted(columns["certainty"]),
            self.several + (pc.sum(columns["several"]).as_py() or 0),
            self.raised + _counted(columns["red_flags_raised"].flatten()),
            self.open + _counted(opened.flatten()),
            self.waiting + pc.sum(pc.greater(pc.list_value_length(opened), 0)).as_py()
            if answers.num_rows
            else self.waiting,
        )

    @property
    def sections(self) -> tuple[Section, ...]:
        """The summary in the order in which it is told, the most urgent first."""
        return (
            Section("urgency", _in_order(self.urgency, [urgency.value for urgency in Urgency])),
            Section("red flags raised", tuple(self.raised.most_common(_TOP))),
            Section("red flags open", (("any", self.waiting), *self.open.most_common(_TOP))),
            Section("first localization", tuple(self.first.most_common(_TOP))),
            Section(
                "certainty of the first",
                (
                    *_in_order(self.certainty, [certainty.value for certainty in Certainty]),
                    ("several lesions possible", self.several),
                ),
            ),
        )


def _counted(words: pa.Array) -> Counter[str]:
    found = pc.value_counts(words)
    pairs = zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True)
    return Counter({word: many for word, many in pairs if word is not None})


def _text(words: pa.Array) -> pa.Array:
    return words.cast(pa.string())


def _in_order(counts: Counter[str], words: list[str]) -> tuple[tuple[str, int], ...]:
    return tuple((word, counts[word]) for word in words)
