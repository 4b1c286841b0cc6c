"""Cold starts: fresh interpreters in turns, and the time to load the knowledge."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from progress import say
from timing import Times, in_turns

from dermarules.inference.infer import ENGINES
from dermarules.knowledgebase.base import load_knowledge

CASE_FILE = "examples/cases/foot_drop_l5_root.yaml"
FIRST_ANSWER = "import dermarules; print(dermarules.localize({file!r}, engine={engine!r}))"


@dataclass(frozen=True, slots=True)
class Cold:
    """The bare interpreter, the import, loading the knowledge in a running process, the first printed answer."""

    bare: Times
    imported: Times
    load: Times
    answers: dict[str, Times]

    @property
    def import_more(self) -> float:
        """What the import adds to the bare interpreter, in seconds."""
        return self.imported.median - self.bare.median


def measure(rounds: int, budget: float) -> Cold:
    """Start interpreters in turns; run it from the root of the checkout."""
    say(f"cold: {rounds} rounds of fresh interpreters")
    works = {"bare": _starts("pass"), "imported": _starts("import dermarules"), "load": load_knowledge}
    works |= {f"answer {name}": _starts(FIRST_ANSWER.format(file=CASE_FILE, engine=name)) for name in ENGINES}
    times = in_turns(works, rounds, budget)
    answers = {name: times[f"answer {name}"] for name in ENGINES}
    return Cold(times["bare"], times["imported"], times["load"], answers)


def _starts(code: str) -> Callable[[], object]:
    command = [sys.executable, "-c", code]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
