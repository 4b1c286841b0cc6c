"""A report seen in a mirror: its values and its words with left and right exchanged, and codes with them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from dermarules.findings import Case
from dermarules.knowledgebase.base import default_knowledge
from dermarules.render.json import report_values
from dermarules.report import Report

_SIDE = re.compile(r"\b(left|right|Left|Right)\b")
_CODE = re.compile(r"\b[A-Z]\d\d\.\w+")
_OTHER = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}


def untitled(case: Case) -> Case:
    """The case without the words of its author, which name the side that it has."""
    return replace(case, title="", text="", findings=tuple(replace(finding, said="") for finding in case.findings))


def is_its_own_image(case: Case) -> bool:
    """True if nothing in it differs between left and right."""
    return set(case.findings) == set(case.mirrored().findings)


def swapped(said: Any) -> Any:
    """Words or values with left and right exchanged."""
    return _each_text(said, _exchanged)


def acted_on(report: Report) -> Any:
    """What a reader acts on: the places with their sides, the red flags, and how soon."""
    flags = report.inference.flags
    said = [
        [f"{entry}: {entry.weight_centibans}, {entry.certainty}" for entry in report.differential],
        [[state.flag.id for state in states] for states in (flags.raised, flags.open, flags.cleared)],
        [report.urgency.value, report.urgency_possible.value],
    ]
    return in_any_order(_blurred(said)) if _has_twins(report) else said


def words(report: Report) -> list[str]:
    """The sentences of the report as text, without line breaks, for right is longer; none if a place has a twin."""
    return [] if _has_twins(report) else " ".join(report.to_text().split()).split(". ")


def values(report: Report) -> Any:
    """The report as JSON values, with the whole proof."""
    said = report_values(report)
    return _blurred(said) if _has_twins(report) else said


def on_every_map(report: Report) -> list[Any]:
    """The first answer and its side on each dermatome map."""
    return [[on.map, on.localization, on.side or "", on.is_same] for on in report.robustness]


def in_any_order(said: Any) -> Any:
    """Values without what hangs on left coming before right where both are alike.

    That is the order of what is listed by name, and which of equal terms counts in full, the next at half.
    """
    match said:
        case Mapping():
            return {key: in_any_order(inner) for key, inner in said.items() if key != "counted"}
        case list() | tuple():
            return sorted(map(in_any_order, said), key=repr)
        case _:
            return said


def _has_twins(report: Report) -> bool:
    """True if a place and its twin on the other side are alike to the last number, so that the left comes first."""
    ranked = [(place.weighing.candidate.name, place.weighing.total) for place in report.inference.ranked]
    return len(set(ranked)) < len(ranked)


def _each_text(said: Any, change: Callable[[str], str]) -> Any:
    """Values with every text changed; what then has one key is a list."""
    match said:
        case str():
            return change(said)
        case Mapping():
            keyed: dict[str, list[Any]] = {}
            for key, inner in said.items():
                keyed.setdefault(change(key), []).append(_each_text(inner, change))
            return {key: found if len(found) > 1 else found[0] for key, found in keyed.items()}
        case list() | tuple():
            return [_each_text(inner, change) for inner in said]
        case _:
            return said


def _exchanged(text: str) -> str:
    with_sides = _SIDE.sub(lambda side: _OTHER[side[0]], text)
    return _CODE.sub(lambda code: _codes().get(code[0], code[0]), with_sides)


def _blurred(said: Any) -> Any:
    """Words or values in which no side can be told from the other."""

    def blur(text: str) -> str:
        return _CODE.sub(lambda code: "a code" if code[0] in _codes() else code[0], _SIDE.sub("one side", text))

    return _each_text(said, blur)


@cache
def _codes() -> Mapping[str, str]:
    """The codes of one side, each with that of the other."""
    coded = [c.icd10cm for c in default_knowledge().conditions.values() if c.icd10cm and c.icd10cm.left]
    return {code: other for codes in coded for code, other in ((codes.left, codes.right), (codes.right, codes.left))}
