"""Why a localization is not first: how far behind it is, what speaks against it, and what would speak for it.

One that is not in the order is weighed as well: that nothing speaks for it is an answer.
"""

from dataclasses import dataclass

from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim, Term
from dermarules.questions.answer import Answer
from dermarules.questions.claims import Named
from dermarules.questions.considered import Considered, considered, places
from dermarules.questions.differential import side_of
from dermarules.questions.nearer import NearRule, Telling, near_rules, not_examined
from dermarules.questions.unmet import Reader, UnmetOnSide
from dermarules.vocabulary import Group, Side, TermKind, Word

# So many rivals are listed.
_LISTED = 5


class Position(Word):
    """Where a localization stands: in the order, or why not in it."""

    FIRST = "first"
    BEHIND = "behind"
    UNSUPPORTED = "unsupported"
    NOTHING_ON_SIDE = "nothing_on_side"
    RUN_NOT_NEEDED = "run_not_needed"


@dataclass(frozen=True, slots=True)
class Rival:
    """A localization in the order: its place from 1, its side in words, and its total in centibans."""

    rank: int
    localization: str
    side: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Against:
    """What takes from a total, in centibans, and the claims that it rests on."""

    kind: TermKind
    group: Group | None
    label: str
    counted: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a wide site needs in order to compete: the claim that it has it, or what it lacks on each side."""

    site: str
    met_by: tuple[Claim, ...]
    unmet: tuple[UnmetOnSide, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """Why a localization is not first.

    `claim` is that it has its `total`; `rank` is its place in the order, if it has one. `elsewhere` is the same
    localization on other sides, and `ahead` what goes before it. `is_tied` is true if its total is as good as the
    first, and fewer unexamined core places or how often it is met decided; `untested_core` are those of both.
    """

    localization: str
    side: str | None
    site: str | None
    standing: Position
    claim: Claim
    total: int
    rank: int | None
    count: int
    first: Rival
    is_part_of_first: bool
    is_tied: bool
    untested_core: tuple[int, int]
    against: tuple[Against, ...]
    gate: Gate | None
    elsewhere: tuple[Rival, ...]
    ahead: tuple[Rival, ...]
    not_examined: tuple[Telling, ...]
    rules: tuple[NearRule, ...]


def behind(asked: Named, answer: Answer) -> Behind:
    """Why a localization is not first."""
    found, reader = considered(asked, answer), Reader(answer)
    weighing, ranked = found.weighing, answer.inference.ranked
    first, total, candidate = ranked[0].weighing, found.weighing.total, found.weighing.candidate
    standing = _standing(found, answer)
    is_first = standing is Position.FIRST
    ahead = [_rival(rank, place.weighing) for rank, place in enumerate(ranked[: (found.rank or _LISTED + 1) - 1], 1)]
    parts = {part.localization for part, side in first.candidate.parts if weighing.side in (side, Side.NONE)}
    return Behind(
        localization=candidate.localization,
        side=side_of(weighing),
        site=candidate.site,
        standing=standing,
        claim=weighing.claim,
        total=total,
        rank=found.rank,
        count=len(ranked),
        first=_rival(1, first),
        is_part_of_first=candidate.localization in parts,
        is_tied=not is_first and found.rank is not None and abs(first.total - total) <= answer.knowledge.weights.tie,
        untested_core=(weighing.untested_core, first.untested_core),
        against=_against(weighing),
        gate=_gate(weighing, reader),
        elsewhere=tuple(_rival(rank, w) for rank, w in places(asked.id, answer) if w.claim != weighing.claim),
        ahead=tuple(ahead[:_LISTED]),
        not_examined=() if is_first else not_examined(weighing, answer),
        rules=() if is_first else near_rules(weighing, answer, reader),
    )


def _rival(rank: int, weighing: Weighing) -> Rival:
    return Rival(rank, weighing.candidate.localization, side_of(weighing), weighing.total)


def _standing(found: Considered, answer: Answer) -> Position:
    if found.rank is not None:
        return Position.FIRST if found.rank == 1 else Position.BEHIND
    weighing, candidate = found.weighing, found.weighing.candidate
    if not candidate.is_bilateral and weighing.side not in answer.inference.evidence.sides:
        return Position.NOTHING_ON_SIDE
    if not weighing.is_supported:
        return Position.UNSUPPORTED
    return Position.RUN_NOT_NEEDED


def _against(weighing: Weighing) -> tuple[Against, ...]:
    """What takes from the total, the most first."""
    found = sorted((term for term in weighing.terms if term.counted < 0), key=lambda term: (term.counted, term.label))
    return tuple(_taken(term) for term in found)


def _taken(term: Term) -> Against:
    return Against(term.kind, term.group, term.label, term.counted, term.premises)


def _gate(weighing: Weighing, reader: Reader) -> Gate | None:
    """What a wide site needs in order to compete."""
    site = weighing.candidate.wide
    if site is None:
        return None
    met = tuple(claim for term in weighing.terms if term.kind is TermKind.ENTRY for claim in term.premises)
    sides = () if weighing.candidate.is_bilateral else (weighing.side,)
    lacking = () if met else reader.unmet(f"localizations/{site.id}", site.requires, sides)
    return Gate(site.id, met, lacking)
