"""Whether a capsule still gives what is in it: its case run again, and its report checked step by step."""

from collections.abc import Mapping
from dataclasses import dataclass

from dermarules.replay.capsule import Capsule, replay_capsule
from dermarules.replay.compare import Flaw, differences
from dermarules.replay.verdict import Verdict

# The same answer by another version is the same answer.
_UNCOMPARED = ("versions",)


@dataclass(frozen=True, slots=True)
class Rerun:
    """What running a capsule again gave: `differences` by path, none if `is_same`, and the `replayed` report.

    `made_by` and `run_by` are versions of dermarules; `with_own_knowledge` tells that the knowledge was inside.
    """

    is_same: bool
    differences: tuple[Flaw, ...]
    replayed: Verdict
    made_by: str
    run_by: str
    with_own_knowledge: bool

    @property
    def holds(self) -> bool:
        """True if it is the same, and every step of its report follows."""
        return self.is_same and self.replayed.is_sound


def rerun(capsule: Capsule, said: Mapping[str, object], again: Mapping[str, object], version: str) -> Rerun:
    """The values of a capsule held against those that this version gives for its case."""
    was, now = ({key: value for key, value in each.items() if key not in _UNCOMPARED} for each in (said, again))
    found = tuple(differences(was, now))
    own = capsule.has_knowledge
    return Rerun(not found, found, replay_capsule(capsule), capsule.versions.dermarules, version, own)
