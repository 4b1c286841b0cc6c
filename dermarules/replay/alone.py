"""Conclusions put to the leaves of their own proof alone: these must be enough, and none of them idle."""

from collections.abc import Iterator, Mapping

from dermarules.proof import Claim, Proof, Step
from dermarules.proof import Weighed as Sum
from dermarules.replay.assumptions import assumable
from dermarules.replay.compare import Flaw, Wrong
from dermarules.replay.derive import Derived, conditions, derived
from dermarules.replay.rows import Rows
from dermarules.replay.scene import Scene
from dermarules.replay.several import together
from dermarules.replay.weighing import Weighed, nothing, weigh


def condition_flaws(claim: Claim, proof: Proof, rows: Rows, whole: Derived) -> Iterator[Flaw]:
    """Whether a condition follows from the rows that its proof ends in, all else unknown, and each of them is used."""
    leaves = _leaves(claim, proof, rows)
    following = conditions(leaves, whole.scene.knowledge)
    if claim in following:
        yield from _idle(claim, leaves, following)
    else:
        yield Flaw(Wrong.INSUFFICIENT, str(claim), said="; ".join(map(str, leaves)))


def sum_flaws_alone(weighed: Weighed, proof: Proof, rows: Rows, whole: Derived) -> Iterator[Flaw]:
    """Whether a total is the same by the rows that its proof ends in, all else unknown, and each of them is used.

    A stated duration stays: without it something might be assumed that the report could not assume.
    """
    claim, knowledge = weighed.claim, whole.scene.knowledge
    leaves = _leaves(claim, proof, rows)
    stated = {row: finding for row, finding in rows.items() if finding.name in assumable(knowledge)}
    alone = derived({**leaves, **stated}.values(), knowledge, whole.map)
    again = _again(weighed, alone.scene)
    if again.terms == weighed.terms:
        yield from _idle(claim, leaves, {**alone.holds, claim: (Sum(again.terms, again.total),)})
    else:
        yield Flaw(Wrong.INSUFFICIENT, str(claim), "total", str(weighed.total), str(again.total))


def _leaves(claim: Claim, proof: Proof, rows: Rows) -> Rows:
    return {leaf: rows[leaf] for leaf in sorted(proof.leaves(claim)) if leaf in rows}


def _idle(claim: Claim, leaves: Rows, following: Mapping[Claim, tuple[Step, ...]]) -> Iterator[Flaw]:
    """The leaves that no step behind a claim rests on, so that dropping them changes nothing."""
    used = Proof(following).leaves(claim)
    yield from (Flaw(Wrong.IDLE, str(claim), said=str(leaf)) for leaf in leaves if leaf not in used)


def _again(weighed: Weighed, scene: Scene) -> Weighed:
    """The same lesions weighed in another scene."""
    if weighed.lesions:
        return together([_again(lesion, scene) for lesion in weighed.lesions], scene)
    if weighed.structure.klass == "nothing":
        return nothing(scene)
    return weigh(weighed.structure, weighed.side, scene)
