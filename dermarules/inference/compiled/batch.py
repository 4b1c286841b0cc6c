"""Many cases in, what follows from them out: the compiled engine as one function."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from dermarules.findings import Case, Finding
from dermarules.inference.compiled.atoms import Atom, atoms_of, every_atom
from dermarules.inference.compiled.circuit import Circuit
from dermarules.inference.compiled.claim_planes import ClaimPlanes
from dermarules.inference.compiled.columns import Bools, Column, Measured, Outcomes, Tiny
from dermarules.inference.compiled.flag_planes import FlagPlanes, flag_planes
from dermarules.inference.compiled.inputs import Given, Inputs
from dermarules.inference.compiled.kernel import answer
from dermarules.inference.compiled.machine import Words, run
from dermarules.inference.compiled.prepare import Prepared, prepare
from dermarules.inference.compiled.ranking import PLACES, Found
from dermarules.inference.compiled.steps import Steps, steps_to
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import TRUE
from dermarules.vocabulary import Urgency


def evaluate(columns: Sequence[Column | Measured], rows: int, knowledge: Knowledge, map_id: str) -> Outcomes:
    """What follows for each row of the columns.

    The knowledge is compiled for what the columns can say, once for each set of columns.
    """
    findings = frozenset(f for column in columns if isinstance(column, Column) for f in column.findings)
    measures = frozenset(column.name for column in columns if isinstance(column, Measured))
    ready = _for_columns(findings, measures, knowledge, map_id)
    return _answered(ready, ready.inputs.of_table(columns, rows), rows, knowledge)


def evaluate_cases(cases: Sequence[Case], knowledge: Knowledge, map_id: str) -> Outcomes:
    """What follows for each case: for few cases of any kind, such as variations of one.

    The knowledge is compiled for all that a case can say, once.
    """
    ready = _for_any_case(knowledge, map_id)
    return _answered(ready, ready.inputs.of_cases(cases), len(cases), knowledge)


def _answered(ready: "_Ready", inputs: Words, rows: int, knowledge: Knowledge) -> Outcomes:
    planes = run(ready.steps, inputs)
    prepared = ready.prepared
    place, site, weight = (np.empty((PLACES, rows), np.int16) for _ in range(3))
    found = Found(
        place,
        site,
        weight,
        np.empty(rows, np.int8),
        np.empty(rows, np.int16),
        np.empty(rows, np.bool_),
    )
    answer(planes, prepared.kernel, found)
    raised, is_open, fired, urgency, possible = (_bits(planes[part], rows) for part in ready.parts)
    return Outcomes(
        prepared.labels,
        prepared.sites,
        tuple(knowledge.red_flags),
        tuple(knowledge.rules),
        found.place,
        found.site,
        found.weight,
        found.certainty,
        _index(urgency),
        _index(possible),
        raised,
        is_open,
        fired,
        found.unexplained,
        found.several,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    """The knowledge compiled for what some columns can say; `parts` are the planes of flags, rules and urgencies."""

    inputs: Inputs
    steps: Steps
    prepared: Prepared
    parts: tuple[slice, ...]


@lru_cache(maxsize=16)
def _for_columns(findings: frozenset[Finding], measures: frozenset[str], knowledge: Knowledge, map_id: str) -> _Ready:
    ordered = sorted(findings, key=lambda finding: finding.key)
    columns: list[Column | Measured] = [Column((finding,), np.zeros(0, np.int32)) for finding in ordered]
    columns += (Measured(name, np.zeros(0)) for name in sorted(measures))
    atoms = dict.fromkeys(atom for finding in ordered for atom in atoms_of(finding))
    return _compiled(Circuit(Given(columns, knowledge)), atoms, knowledge, map_id)


@lru_cache(maxsize=8)
def _for_any_case(knowledge: Knowledge, map_id: str) -> _Ready:
    return _compiled(Circuit(), every_atom(knowledge), knowledge, map_id)


def _compiled(circuit: Circuit, atoms: Iterable[Atom], knowledge: Knowledge, map_id: str) -> _Ready:
    claims = ClaimPlanes(knowledge, circuit)
    prepared = prepare(atoms, circuit, claims, knowledge, map_id)
    told = _told(flag_planes(knowledge, claims), claims, knowledge)
    steps = steps_to(circuit, (*prepared.planes, *(plane for planes in told for plane in planes)))
    ends = np.cumsum([len(prepared.planes), *map(len, told)])
    parts = tuple(slice(int(start), int(end)) for start, end in pairwise(ends))
    return _Ready(Inputs(steps.keys, knowledge), steps, prepared, parts)


def _told(flags: FlagPlanes, claims: ClaimPlanes, knowledge: Knowledge) -> list[Sequence[int]]:
    """The planes that go out as they are: flags raised and open, rules that fired, and each urgency."""
    fired = [claims.circuit.one(claims.about(TRUE, f"rules/{rule}").values()) for rule in knowledge.rules]
    by_rank = [[of[each] for each in Urgency] for of in (flags.urgency, flags.urgency_possible)]
    return [list(flags.raised.values()), list(flags.open.values()), fired, *by_rank]


def _bits(planes: Words, rows: int) -> Bools:
    """Plane x row, a truth value for each bit."""
    bytes_of = planes.astype("<u8", copy=False).view(np.uint8)
    return np.unpackbits(bytes_of, axis=1, count=rows, bitorder="little").view(np.bool_)


def _index(planes: Bools) -> Tiny:
    """For each row, the number of the plane that is set."""
    numbers: Tiny = planes.argmax(axis=0).astype(np.int8)
    return numbers
