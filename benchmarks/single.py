"""One case: our engines and other rule engines, on the same rules and from the same leaves."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from types import ModuleType

from case import CASE
from ground import Ask, GroundRules, ground_rules
from patients import patients
from peers import asp, bare_experta, clips, zen
from progress import say
from timing import Times, in_turns, seconds

from dermarules.findings import Case
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


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to answer the case, what is in its time, and how long its rules took to load."""

    name: str
    note: str
    times: Times
    version: str = ""
    load: float | None = None


@dataclass(frozen=True, slots=True)
class Single:
    """What was measured of one case: the work, how many cases were found equal beforehand, and every contestant."""

    rules: int
    leaves: int
    claims: int
    equal: Mapping[str, int]
    reports: tuple[Contestant, ...]
    claimed: tuple[Contestant, ...]


def measure(knowledge: Knowledge, rounds: int, budget: float) -> Single:
    """Check that all agree, then time them in turns."""
    rules = ground_rules(knowledge)
    case = case_from_mapping(CASE, knowledge)
    report = localize(case, knowledge=knowledge, engine=REFERENCE)
    given = rules.given(report.proof)
    asks, loads = {}, {}
    for peer in PEERS:
        say(f"one case: {peer.NAME} loads {len(rules.rules)} rules")
        loads[peer.NAME] = seconds(lambda peer=peer: asks.__setitem__(peer.NAME, peer.load(rules)))
    say("one case: do all agree?")
    others = patients(knowledge)[:: len(patients(knowledge)) // OTHERS]
    reports = [report, *(localize(other, knowledge=knowledge, engine=REFERENCE) for other in others)]
    # Bare experta takes seconds for a case, so it is held against the first alone.
    tried = {name: reports[:1] if name == bare_experta.NAME else reports for name in asks}
    equal = {name: _same_claims(name, ask, rules, tried[name]) for name, ask in asks.items()}
    equal |= {name: _same_reports(name, reports, knowledge) for name in ENGINES if name != REFERENCE}
    works: dict[str, Callable[[], object]] = {}
    for name in ENGINES:
        works[f"{name} report"] = lambda name=name: localize(case, knowledge=knowledge, engine=name)
        works[f"{name} claims"] = lambda name=name: _claims(case, knowledge, name)
    works |= {name: lambda ask=ask: ask(given) for name, ask in asks.items()}
    say(f"one case: {rounds} rounds of {len(works)} contestants")
    times = in_turns(works, rounds, budget)
    return Single(
        rules=len(rules.rules),
        leaves=len(given),
        claims=len(rules.derived(report.proof)),
        equal=equal,
        reports=tuple(
            Contestant(name, "claims, proof, weights, order, urgency", times[f"{name} report"]) for name in ENGINES
        ),
        claimed=(
            *(
                Contestant(name, "from the findings; every derivation is kept", times[f"{name} claims"])
                for name in ENGINES
            ),
            *(
                Contestant(peer.NAME, peer.NOTE, times[peer.NAME], version(peer.PACKAGE), loads[peer.NAME])
                for peer in PEERS
            ),
        ),
    )


def _claims(case: Case, knowledge: Knowledge, engine: str) -> object:
    """What follows from a case by the rules, with every derivation."""
    start = ground(case, knowledge, program(knowledge))
    return ENGINES[engine](start.base, start.clauses)


def _same_claims(name: str, ask: Ask, rules: GroundRules, reports: Sequence[Report]) -> int:
    """How many cases a peer was tried on; RuntimeError if it derives a claim too few or too many."""
    for report in reports:
        if set(ask(rules.given(report.proof))) != rules.derived(report.proof):
            raise RuntimeError(f"{name} derives other claims than the proof of {report.case.id}")
    return len(reports)


def _same_reports(engine: str, reports: Sequence[Report], knowledge: Knowledge) -> int:
    """How many cases an engine was tried on; RuntimeError if a report differs in anything but the engine's name."""
    for report in reports:
        other = localize(report.case, knowledge=knowledge, engine=engine)
        if _without_engine(other) != _without_engine(report):
            raise RuntimeError(f"{engine} and {report.engine} report differently of {report.case.id}")
    return len(reports)


def _without_engine(report: Report) -> dict[str, object]:
    return {key: value for key, value in json.loads(report.to_json()).items() if key != "engine"}
