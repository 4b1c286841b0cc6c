"""Time as the knowledge grows: the same anatomy again and again under other ids, in a folder of its own.

A copy has every patch of skin, muscle, movement and nerve once more, and no rule or root. What grows is the number of
territories that each case is weighed against.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from case import CASE
from progress import say
from timing import Times, in_turns

from dermarules.inference.candidates import candidates
from dermarules.inference.infer import ENGINES
from dermarules.knowledgebase.base import Knowledge, load_knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.knowledgebase.resolve import knowledge_folder
from dermarules.report import localize

MAP = "consensus"
FACTORS = (1, 4, 16)
# How many rows the kernel answers.
ROWS = 20_000
TABLES = ("regions", "muscles", "movements")

# From a knowledge base to what answers many cases under it.
Batch = Callable[[Knowledge], object]


@dataclass(frozen=True, slots=True)
class Grown:
    """What was measured with so many times the anatomy: loading, and each way to answer."""

    factor: int
    territories: int
    times: dict[str, Times]


def measure(knowledge: Knowledge, batch: Batch, rounds: int, budget: float) -> tuple[Grown, ...]:
    """Grow the knowledge, load it, answer the same case and the same rows by the `batch`."""
    ids = (*knowledge.regions, *knowledge.muscles, *knowledge.movements, *knowledge.nerves)
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for factor in FACTORS:
            say(f"growth: {factor} times the anatomy")
            folder = Path(scratch) / f"x{factor}"
            shutil.copytree(knowledge_folder(), folder)
            grow(folder, factor - 1, ids)
            larger = load_knowledge(folder)
            times = in_turns(_works(larger, folder, batch), rounds, budget)
            found.append(Grown(factor, len(candidates(larger, MAP)), times))
    return tuple(found)


def _works(larger: Knowledge, folder: Path, batch: Batch) -> dict[str, Callable[[], object]]:
    case = case_from_mapping(CASE, larger)
    works: dict[str, Callable[[], object]] = {"load": lambda: load_knowledge(folder)}
    works |= {name: lambda name=name: localize(case, knowledge=larger, engine=name) for name in ENGINES}
    return works | {"kernel": lambda: batch(larger)}


def grow(folder: Path, copies: int, ids: Sequence[str]) -> None:
    """Add so many copies of the anatomy to a folder of knowledge: `ids` are what a copy has under another id."""
    # The site of a lesion may have the id of the skin over it, and is not copied.
    pattern = re.compile(rf"(?<![\w.])(?<!site: )({'|'.join(sorted(ids, key=len, reverse=True))})(?!\w)")

    def renamed(text: str, copy: int) -> str:
        return pattern.sub(rf"\1_{copy}", text)

    numbers = range(1, copies + 1)
    for path in sorted((folder / "nerves").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for copy in numbers:
            path.with_stem(f"{path.stem}_{copy}").write_text(renamed(text, copy), encoding="utf-8")
    for table in TABLES:
        path = folder / f"{table}.yaml"
        text = path.read_text(encoding="utf-8")
        rows = re.search(rf"(?ms)^{table}:\n(.*?)(?=^\w|\Z)", text)
        assert rows is not None
        more = "".join(f"\n{renamed(rows[1], copy)}\n" for copy in numbers)
        path.write_text(text[: rows.end(1)] + more + text[rows.end(1) :], encoding="utf-8")
