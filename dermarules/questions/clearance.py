"""The certificate of what is not cleared: every red flag raised, open or cleared, and what would settle it.

Cleared names a rule, never a disease: it is true in no completion of what was not asked and examined.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.inference.program import program
from dermarules.proof import Claim
from dermarules.questions.again import again
from dermarules.questions.answer import Answer
from dermarules.questions.cells import Shown, cells_of
from dermarules.questions.settle import Settling
from dermarules.rules import RedFlag
from dermarules.vocabulary import Urgency, Word

# So many cells are split at most to show by cases that a rule cannot come true.
_SPLITS = 2


class Standing(Word):
    """How a red flag stands."""

    RAISED = "raised"
    OPEN = "open"
    NOT_TOUCHED = "not_touched"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Branch:
    """One result of a cell, and why the rule fails with it: the claims that it does, or further cases."""

    shown: Shown
    claims: tuple[Claim, ...]
    cases: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """A red flag and how it stands: the claims that show it, and if it is open what would settle it.

    `clearing` are the fewest questions whose reassuring answers clear it, `raising` the fewest whose alarming answers
    raise it. Of one that is cleared though no single claim shows it, `cases` do, each result of a cell for itself.
    """

    flag: str
    urgency: Urgency
    standing: Standing
    claims: tuple[Claim, ...] = ()
    cases: tuple[Branch, ...] = ()
    clearing: Settling | None = None
    raising: Settling | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """Every red flag of the knowledge, the most urgent first, and of the equally urgent those that are raised first."""

    flags: tuple[Standings, ...]

    def that_are(self, standing: Standing) -> tuple[Standings, ...]:
        """The flags that stand so."""
        return tuple(flag for flag in self.flags if flag.standing is standing)


def clearance(answer: Answer) -> Clearance:
    """How every red flag stands. Advice to manage at home is no danger, and is not listed."""
    flags = [f for f in answer.knowledge.red_flags.values() if f.then.urgency is not Urgency.SELF_CARE_MONITOR]
    found = [_standing(flag, answer) for flag in flags]
    return Clearance(tuple(sorted(found, key=lambda f: (f.urgency.rank, f.standing.rank))))


def _standing(flag: RedFlag, answer: Answer) -> Standings:
    urgency = flag.then.urgency
    raised = next((r.claims for r in answer.red_flags.raised if r.id == flag.id), ())
    if raised:
        return Standings(flag.id, urgency, Standing.RAISED, raised)
    raising = answer.settler.raising(flag.id)
    if raising is None:
        claims = _shown_false(flag.id, answer)
        cases = () if claims else _by_cases(flag.id, answer, _SPLITS)
        return Standings(flag.id, urgency, Standing.CLEARED, claims, cases)
    is_asked = any(waiting.flag.id == flag.id for waiting in answer.inference.flags.open)
    standing = Standing.OPEN if is_asked else Standing.NOT_TOUCHED
    return Standings(flag.id, urgency, standing, clearing=answer.settler.clearing(flag.id), raising=raising)


def _shown_false(flag: str, answer: Answer) -> tuple[Claim, ...]:
    """The claims that a rule is false, if the case has them on every side that it can be of."""
    return next((cleared.claims for cleared in answer.inference.flags.cleared if cleared.flag.id == flag), ())


def _by_cases(flag: str, answer: Answer, splits: int) -> tuple[Branch, ...]:
    """The results of a cell each of which, by itself or by further cases, makes the rule false; none if none does."""
    for results in _open_cells(flag, answer) if splits else ():
        branches = tuple(_branch(flag, shown, answer, splits) for shown in results)
        if all(branch.claims or branch.cases for branch in branches):
            return branches
    return ()


def _branch(flag: str, shown: Shown, answer: Answer, splits: int) -> Branch:
    with_it = again(answer, (*answer.case.findings, shown.finding))
    claims = _shown_false(flag, with_it)
    return Branch(shown, claims, () if claims else _by_cases(flag, with_it, splits - 1))


def _open_cells(flag: str, answer: Answer) -> Iterator[tuple[Shown, ...]]:
    """Of each open cell that several leaves of a rule read, the results that they tell apart."""
    questions = program(answer.knowledge).leaves_of.get(f"red_flags/{flag}", ())
    cells = Counter(cell for q in questions for cell in set(cells_of(q.leaf, q.side, answer.knowledge)))
    for cell, leaves in cells.items():
        results = tuple(answer.settler.unknowns.told_apart(cell))
        if leaves > 1 and len(results) > 1:
            yield results
