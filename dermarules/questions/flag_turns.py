"""Red flags of two answers: which stand otherwise, and the claims that show it in either."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dermarules.proof import Claim
from dermarules.questions.answer import Answer
from dermarules.questions.ask import abouts, asked_by
from dermarules.questions.clearance import Standing
from dermarules.vocabulary import Side, Urgency


@dataclass(frozen=True, slots=True)
class FlagTurn:
    """A red flag that stands otherwise, or that findings of other sides raise.

    `sides_before` and `sides_after` are the sides for which it is raised, or of the findings that raise it; `ask` is
    what it waits for if it is open.
    """

    flag: str
    urgency: Urgency
    because: str
    before: Standing
    after: Standing
    claims_before: tuple[Claim, ...]
    claims_after: tuple[Claim, ...]
    sides_before: tuple[str, ...]
    sides_after: tuple[str, ...]
    ask: tuple[str, ...]


def flag_turns(before: Answer, after: Answer) -> Iterator[FlagTurn]:
    """Every red flag that stands otherwise, the most urgent first."""
    was, now = _standings(before), _standings(after)
    # What a flag waits for takes time to find: only of those that are newly open.
    opened = [flag for flag in after.inference.flags.open if was.get(flag.flag.id, _UNTOUCHED)[0] is not Standing.OPEN]
    waiting = asked_by(opened, after.settler)
    flags = after.knowledge.red_flags.values()
    for flag in sorted(flags, key=lambda flag: flag.then.urgency.rank):
        (old, old_claims), (new, new_claims) = was.get(flag.id, _UNTOUCHED), now.get(flag.id, _UNTOUCHED)
        sides = (_sides(old, old_claims, before), _sides(new, new_claims, after))
        if old is not new or sides[0] != sides[1]:
            asked = abouts(waiting.get(flag.id, ()))
            then = flag.then.urgency
            yield FlagTurn(flag.id, then, flag.because, old, new, old_claims, new_claims, *sides, asked)


_UNTOUCHED: tuple[Standing, tuple[Claim, ...]] = (Standing.NOT_TOUCHED, ())


def _standings(answer: Answer) -> Mapping[str, tuple[Standing, tuple[Claim, ...]]]:
    """How each red flag that a case touches stands, and the claims that show it."""
    flags = answer.inference.flags
    return {
        **{each.flag.id: (Standing.RAISED, each.claims) for each in flags.raised},
        **{each.flag.id: (Standing.OPEN, ()) for each in flags.open},
        **{each.flag.id: (Standing.CLEARED, each.claims) for each in flags.cleared},
    }


def _sides(standing: Standing, claims: tuple[Claim, ...], answer: Answer) -> tuple[str, ...]:
    """For which sides a red flag is raised; if the rule binds none, the sides of the findings behind it."""
    if standing is not Standing.RAISED:
        return ()
    rows = (leaf for claim in claims for leaf in answer.proof.leaves(claim) if leaf.predicate == "found")
    bound = [claim for claim in claims if claim.side != Side.NONE.value]
    return tuple(sorted({claim.side for claim in bound or rows} - {Side.NONE.value}))
