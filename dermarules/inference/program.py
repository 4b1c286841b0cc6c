"""The rules of the knowledge base as ground clauses, made once: derived findings in strata, then everything else."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from dermarules.inference.clauses import Clause, LeafQuestion, Program
from dermarules.inference.grounding import Grounding
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Claim
from dermarules.rules import Compare, Derived, walk
from dermarules.vocabulary import Kind


@lru_cache(maxsize=8)
def program(knowledge: Knowledge) -> Program:
    """The clauses of a knowledge base, made once."""
    ground = Grounding(knowledge)
    depths = _depths(knowledge)
    for derived in sorted(knowledge.derived.values(), key=lambda d: depths[d.id]):
        owner, stratum = f"findings/{derived.id}", 2 * depths[derived.id]
        if derived.absent_when is None:
            ground.condition(owner, derived.when, derived.because, stratum)
            continue
        ground.condition(owner, derived.when, derived.because, stratum, only=TRUE)
        ground.condition(owner, derived.absent_when, derived.because, stratum + 1, only=FALSE)
    last = 2 * (max(depths.values(), default=0) + 1)
    for site in knowledge.wide_sites.values():
        ground.condition(f"localizations/{site.id}", site.requires, site.because, last)
    for modifier in knowledge.modifiers.values():
        ground.condition(f"modifiers/{modifier.id}", modifier.when, modifier.because, last)
    for rule in knowledge.rules.values():
        ground.condition(f"rules/{rule.id}", rule.when, rule.because, last)
    for flag in knowledge.red_flags.values():
        ground.condition(f"red_flags/{flag.id}", flag.when, flag.because, last)
        if flag.ask_when is not None:
            ground.condition(f"ask/{flag.id}", flag.ask_when, "", last)
    return _indexed(ground)


def _depths(knowledge: Knowledge) -> dict[str, int]:
    """How many derived findings lie below each; the loader has made sure that there is no circle."""
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in depths:
            derived = knowledge.derived[name]
            conditions = (c for c in (derived.when, derived.absent_when) if c is not None)
            used = (part.finding for c in conditions for part in walk(c) if isinstance(part, Derived))
            depths[name] = max((depth(other) + 1 for other in used), default=0)
        return depths[name]

    return {name: depth(name) for name in knowledge.derived}


def _indexed(ground: Grounding) -> Program:
    clauses = _wanted(tuple(_guarded(clause) for clause in ground.clauses), ground.general)
    clauses = tuple(sorted(clauses, key=lambda c: (c.stratum, c.by, c.head, c.body)))
    leaves_of = {owner: tuple(found) for owner, found in ground.leaves_of.items()}
    return index(clauses, tuple(ground.questions.values()), leaves_of)


def index(
    clauses: tuple[Clause, ...],
    questions: tuple[LeafQuestion, ...] = (),
    leaves_of: Mapping[str, tuple[LeafQuestion, ...]] | None = None,
) -> Program:
    """Clauses in their order, with where they wait, and what touches the leaves that they start from."""
    by_body: dict[Claim, list[int]] = {}
    for number, clause in enumerate(clauses):
        for claim in clause.body:
            by_body.setdefault(claim, []).append(number)
    assumed = [q for q in questions if isinstance(q.leaf, Compare) and q.leaf.if_unknown]
    assumable = _assumable(clauses, {q.true for q in assumed})
    by_key: dict[tuple[Kind, str], list[LeafQuestion]] = {}
    for question in questions:
        for key in question.keys:
            by_key.setdefault(key, []).append(question)
    return Program(
        clauses,
        questions,
        {claim: tuple(found) for claim, found in by_body.items()},
        tuple(len(clause.body) for clause in clauses),
        {key: tuple(found) for key, found in by_key.items()},
        {key: tuple(q for q in found if len(q.keys) == 1) for key, found in by_key.items()},
        {key: tuple(q for q in found if len(q.keys) > 1) for key, found in by_key.items()},
        leaves_of or {},
        frozenset(claim for question in questions for claim in (question.true, question.false)),
        assumable,
        {question: _reaching(question, clauses, by_body, assumable) for question in assumed},
    )


def _reaching(
    question: LeafQuestion,
    clauses: Sequence[Clause],
    by_body: Mapping[Claim, Sequence[int]],
    assumable: Sequence[Clause],
) -> frozenset[Claim]:
    """The claims from which a clause can be reached that needs a leaf which is assumed where nobody measured.

    A clause needs what stands in its body, and what the claims there need that assumptions alone could prove.
    """
    needed = {question.true}
    for clause in reversed(assumable):
        if not needed.isdisjoint(clause.body):
            needed.add(clause.head)
    proving: dict[Claim, list[Clause]] = {}
    for clause in clauses:
        proving.setdefault(clause.head, []).append(clause)
    stack = [clauses[number] for claim in needed for number in by_body.get(claim, ())]
    reaching: set[Claim] = set()
    while stack:
        fresh = set(stack.pop().body) - reaching
        reaching |= fresh
        stack += [clause for claim in fresh for clause in proving.get(claim, ())]
    return frozenset(reaching)


def _assumable(clauses: Sequence[Clause], assumed: set[Claim]) -> tuple[Clause, ...]:
    """The clauses whose premises could all be taken for true where nobody measured, conclusions before premises."""
    found: list[Clause] = []
    waiting = [clause for clause in clauses if clause.head.predicate == TRUE and not clause.unless]
    while ready := [clause for clause in waiting if assumed.issuperset(clause.body)]:
        found += ready
        waiting = [clause for clause in waiting if not assumed.issuperset(clause.body)]
        assumed |= {clause.head for clause in ready}
    return tuple(reversed(found))


def _wanted(clauses: Sequence[Clause], general: frozenset[str]) -> tuple[Clause, ...]:
    """The clauses that can end in something a report tells: nobody asks whether a clinical rule is false."""
    by_head: dict[Claim, list[Clause]] = {}
    for clause in clauses:
        by_head.setdefault(clause.head, []).append(clause)
    stack = [head for head in by_head if _is_told(head, general)]
    needed = set(stack)
    while stack:
        for clause in by_head.get(stack.pop(), ()):
            for claim in (*clause.body, *clause.unless):
                if claim not in needed:
                    needed.add(claim)
                    stack.append(claim)
    return tuple(clause for clause in clauses if clause.head in needed)


def _is_told(head: Claim, general: frozenset[str]) -> bool:
    table = head.subject.partition("/")[0]
    if head.predicate == FALSE:
        return table == "red_flags"
    return table in ("red_flags", "ask", "rules", "localizations", "modifiers") or head.subject in general


def _guarded(clause: Clause) -> Clause:
    """A derived finding that is present is never absent as well: its absence waits until its presence is decided."""
    head = clause.head
    if head.predicate != FALSE or not head.subject.startswith("findings/"):
        return clause
    unless = (Claim(TRUE, head.subject, head.side),)
    return Clause(head, clause.body, clause.by, clause.because, clause.stratum | 1, unless)
