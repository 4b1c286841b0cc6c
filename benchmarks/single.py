"""One case: our engines and other rule engines, on the same rules and from the same leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from case import CASE
from ground import Ask, GroundRules, ground_rules
from one_row import one_row
from patients import patients
from peers import asp, bare_experta, clips, zen
from progress import say
from timing import Times, in_turns, seconds

from dermarules.inference.infer import ENGINES
from dermarules.inference.leaves import ground
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.report import Report, localize

PEERS: tuple[ModuleType, ...] = (bare_experta, clips, asp, zen)
REFERENCE = "experta"
# How many simulated patients every engine must answer alike, beside the case that is timed.
OTHERS = 25
KERNEL = "batch kernel, one row"
WHOLE, NO_PROOF = "claims, weights, order, urgency, proof", "the same; the proof is written when it is asked for"
OURS = "from the findings; every derivation is kept"


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to answer the case, what is in its time, how many cases it answered right, and how long it loads."""

    name: str
    note: str
    times: Times
    equal: str
    load: float | None = None


@dataclass(frozen=True, slots=True)
class Single:
    """What was measured of one case: the work, whole answers, and claims alone."""

    rules: int
    leaves: int
    claims: int
    answers: tuple[Contestant, ...]
    claimed: tuple[Contestant, ...]


def measure(knowledge: Knowledge, rounds: int, budget: float) -> Single:
    """Check that all agree, then time them in turns."""
    rules = ground_rules(knowledge)
    case = case_from_mapping(CASE, knowledge)
    asks, loads = {}, {}
    for peer in PEERS:
        say(f"one case: {peer.NAME} loads {len(rules.rules)} rules")
        loads[peer.NAME] = seconds(lambda peer=peer: asks.__setitem__(peer.NAME, peer.load(rules)))
    say("one case: do all agree?")
    others = patients(knowledge)[:: len(patients(knowledge)) // OTHERS]
    reports = [localize(each, knowledge=knowledge, engine=REFERENCE) for each in (case, *others)]
    # Bare experta takes seconds for a case, so it is held against the first alone.
    tried = {name: reports[:1] if name == bare_experta.NAME else reports for name in asks}
    equal = {name: _same_claims(name, ask, rules, tried[name]) for name, ask in asks.items()}
    equal |= {name: _same_reports(name, reports, knowledge) for name in ENGINES if name != REFERENCE}
    equal[REFERENCE] = "the measure"
    given = rules.given(reports[0].proof)
    works: dict[str, Callable[[], object]] = {}
    for name in ENGINES:
        works[f"{name}, with proof"] = lambda name=name: localize(case, knowledge=knowledge, engine=name).proof
        works[f"{name}, without"] = lambda name=name: localize(case, knowledge=knowledge, engine=name)
        works[f"{name}, claims"] = lambda name=name: ENGINES[name](ground(case, knowledge, program(knowledge)))
    works |= {name: lambda ask=ask: ask(given) for name, ask in asks.items()}
    works[KERNEL] = one_row(case, reports[0], knowledge)
    say(f"one case: {rounds} rounds of {len(works)} contestants")
    times = in_turns(works, rounds, budget)
    answers = [
        Contestant(f"{name}, {kind} proof", note, times[f"{name}, {key}"], equal[name])
        for name in ENGINES
        for kind, key, note in (("with", "with proof", WHOLE), ("without", "without", NO_PROOF))
    ]
    answers.append(Contestant(KERNEL, "a batch of one; no proof can be asked", times[KERNEL], "1 case"))
    claimed = [Contestant(name, OURS, times[f"{name}, claims"], equal[name]) for name in ENGINES]
    claimed += [Contestant(p.NAME, p.NOTE, times[p.NAME], equal[p.NAME], loads[p.NAME]) for p in PEERS]
    return Single(len(rules.rules), len(given), len(rules.derived(reports[0].proof)), tuple(answers), tuple(claimed))


def _same_claims(name: str, ask: Ask, rules: GroundRules, reports: Sequence[Report]) -> str:
    """How many cases a peer was tried on; RuntimeError if it derives a claim too few or too many."""
    for report in reports:
        if set(ask(rules.given(report.proof))) != rules.derived(report.proof):
            raise RuntimeError(f"{name} derives other claims than the proof of {report.case.id}")
    return _counted(reports)


def _same_reports(engine: str, reports: Sequence[Report], knowledge: Knowledge) -> str:
    """How many cases an engine was tried on; RuntimeError if a report differs by a byte."""
    for report in reports:
        if localize(report.case, knowledge=knowledge, engine=engine).to_json() != report.to_json():
            raise RuntimeError(f"{engine} and {report.engine} report differently of {report.case.id}")
    return _counted(reports)


def _counted(reports: Sequence[Report]) -> str:
    return f"{len(reports)} cases" if len(reports) > 1 else "1 case"
