"""A case with other rows: what is added, what was found otherwise, and what is no longer known."""

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from dermarules.errors import CaseError, Fault
from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.contradictions import About, abouts_of, contradictions, result_of, thing
from dermarules.vocabulary import Result, Side

_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a case: whatever was found of the things of a row, or only what was found so."""

    row: Finding
    has_result: bool

    def finds(self, finding: Finding) -> bool:
        """True if a finding says of a thing of the row what is looked for."""
        return not self.has_result or _result(finding) == _result(self.row)


@dataclass(frozen=True, slots=True)
class RowTurn:
    """One change: what was found of the things that it names, and what is found instead; None if that is not known."""

    before: tuple[Finding, ...]
    after: Finding | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of a case, and the case that they make of it."""

    turns: tuple[RowTurn, ...]
    case: Case


def changes(
    case: Case, add: Sequence[Finding], change: Sequence[Finding], remove: Sequence[Sought], knowledge: Knowledge
) -> Changes:
    """The case after all changes at once; CaseError if one has no place in it, or rows contradict each other."""
    turns = (
        *(RowTurn((), row) for row in add),
        *(RowTurn(_found(Sought(row, has_result=False), case), row) for row in change),
        *(RowTurn(_found(sought, case), None) for sought in remove),
    )
    gone = [(row, set(abouts_of(row))) for turn in turns for row in turn.before]
    kept = [part for row in case.findings for part in _without(row, gone)]
    new = [turn.after for turn in turns if turn.after is not None]
    faults = [
        *(fault for row in change for fault in _not_changeable(row, case, remove)),
        *_changed_twice(change),
        *(fault for sought in remove for fault in _not_removable(sought, case)),
        *_contradictions([*kept, *new], len(kept), knowledge),
    ]
    if faults:
        raise CaseError(faults)
    return Changes(turns, case.with_findings((*kept, *new)))


def _result(row: Finding) -> tuple[Result, float | None, str]:
    return row.result, row.number, row.level


def _found(sought: Sought, case: Case) -> tuple[Finding, ...]:
    """The parts of the rows of a case that say what is looked for."""
    wanted = set(abouts_of(sought.row))
    return tuple(part for row in case.findings if sought.finds(row) for part in _parts(row, wanted))


def _without(row: Finding, gone: Collection[tuple[Finding, set[About]]]) -> tuple[Finding, ...]:
    """What is left of a row without the parts of it that are gone; the row itself if none is."""
    lost = {about for part, abouts in gone if _is_part(part, row) for about in abouts}
    return _parts(row, set(abouts_of(row)) - lost)


def _is_part(part: Finding, row: Finding) -> bool:
    return replace(part, places=row.places, sides=row.sides) == row


def _parts(row: Finding, abouts: Collection[About]) -> tuple[Finding, ...]:
    """What a row says of some things: itself, or a row for each set of places that belong to the same sides."""
    sides: dict[tuple[str, ...], list[Side]] = {}
    for side in row.sides:
        places = tuple(place for place in row.places or ("",) if (row.kind, row.name, place, side) in abouts)
        if places:
            sides.setdefault(places, []).append(side)
    return tuple(
        replace(row, places=tuple(place for place in places if place), sides=tuple(found))
        for places, found in sides.items()
    )


def _not_changeable(row: Finding, case: Case, remove: Sequence[Sought]) -> Iterator[Fault]:
    """Every thing of a row of which nothing was found that could be replaced, or that is to be taken out as well."""
    found = {about for finding in case.findings for about in abouts_of(finding)}
    removed = {about for sought in remove for about in abouts_of(sought.row)}
    for about in abouts_of(row):
        if about not in found:
            way_out = "it can be added, not changed"
            yield row.location.fault(f"{thing(about)} was not found: {way_out}{_nearest(row, case)}")
        elif about in removed:
            yield row.location.fault(f"{thing(about)} is changed and removed; do one of the two")


def _changed_twice(change: Sequence[Finding]) -> Iterator[Fault]:
    first: dict[About, Finding] = {}
    for row in change:
        for about in abouts_of(row):
            other = first.setdefault(about, row)
            if other is not row:
                yield row.location.fault(f"{thing(about)} is changed twice, first to {result_of(other)}")


def _not_removable(sought: Sought, case: Case) -> Iterator[Fault]:
    """A row of whose things nothing was found, or nothing with its result."""
    if _found(sought, case):
        return
    row = sought.row
    first = thing(abouts_of(row)[0])
    for part in _found(Sought(row, has_result=False), case):
        yield row.location.fault(f"{first} is {result_of(part)} in the case, not {result_of(row)}; leave out 'is'")
        return
    yield row.location.fault(f"{first} was not found: there is nothing to remove{_nearest(row, case)}")


def _nearest(row: Finding, case: Case) -> str:
    """What was found of the same thing at another place or side, or of the thing of the same kind nearest by name."""
    same_kind = [finding for finding in case.findings if finding.kind is row.kind]
    name = next(iter(difflib.get_close_matches(row.name, [finding.name for finding in same_kind], n=1)), None)
    near = [f"{thing(about)} {result_of(f)}" for f in same_kind if f.name == name for about in abouts_of(f)]
    more = f" and {len(near) - _MOST_SHOWN} more" if len(near) > _MOST_SHOWN else ""
    return f" (found: {'; '.join(near[:_MOST_SHOWN])}{more})" if near else ""


def _contradictions(rows: Sequence[Finding], own: int, knowledge: Knowledge) -> Iterator[Fault]:
    """The new rows, those after the first `own`, that contradict an earlier one."""
    for misfit in contradictions(tuple(enumerate(rows)), knowledge):
        number = misfit.path[1]
        if isinstance(number, int) and number >= own:
            yield rows[number].location.fault(f"{misfit.message}; change it, or remove it and add another")
