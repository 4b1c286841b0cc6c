"""The condition language: a located value becomes a condition, or says everything that is wrong with it."""

from collections.abc import Mapping

from dermarules.knowledgebase.located import Document, Step, is_list, is_mapping, shown
from dermarules.knowledgebase.misfits import (
    Misfit,
    MisfitError,
    each,
    inside,
    is_number,
    missing_field,
    one_of,
    unknown_field,
    wanted,
)
from dermarules.knowledgebase.register import NAMES_OF, PLACE, Register
from dermarules.knowledgebase.wording import leaf_wording
from dermarules.provenance import Location
from dermarules.rules import All, Any, AtLeast, Compare, Condition, Derived, Leaf, Not
from dermarules.vocabulary import RESULT_GROUPS, RESULTS, Feeling, Kind, Modality, Result, SideTest

Mapping_ = Mapping[object, object]

_LEAVES = {kind.value: kind for kind in Kind if kind is not Kind.MEASURE}
_GROUPS = ("all", "any", "not", "at_least")
_STARTS = (*_GROUPS, *_LEAVES, "finding", "compare")
_OPERATORS = ("lt", "le", "eq", "ge", "gt")
_SIDES = {side.value: side for side in SideTest}
_WORDS = {
    Kind.SENSATION: ("modality", tuple(modality.value for modality in Modality)),
    Kind.FEELS: ("feeling", ("any", *(feeling.value for feeling in Feeling))),
    Kind.LEVEL: ("level", ("sensory",)),
}

# The words after `is` by kind: single results, and words for several.
_RESULTS: Mapping[Kind, Mapping[str, frozenset[Result]]] = {
    kind: {result.value: frozenset({result}) for result in Result if result in results} | RESULT_GROUPS.get(kind, {})
    for kind, results in RESULTS.items()
}


class ConditionReader:
    """Reads the conditions of one document against the ids of the knowledge."""

    def __init__(self, document: Document, register: Register) -> None:
        self.document = document
        self.register = register

    def read(self, value: object) -> Condition:
        """The condition that a value states; MisfitError if it states none."""
        if not is_mapping(value):
            raise MisfitError(wanted("a condition", value))
        starts = [key for key in value if key in _STARTS]
        if len(starts) > 1 and starts[0] not in _GROUPS:
            raise MisfitError(Misfit(f"'{starts[0]}' and '{shown(starts[1])}' in one condition; use all or any"))
        if not starts:
            raise MisfitError(_no_start(value))
        start = str(starts[0])
        if start in _GROUPS:
            _only(value, (start,))
            return self._group(start, value[start])
        if start == "compare":
            return self._compare(value)
        return self._derived(value) if start == "finding" else self._leaf(_LEAVES[start], value)

    def _group(self, start: str, value: object) -> Condition:
        if start == "not":
            return Not(inside(lambda: self.read(value), start))
        if start == "at_least":
            return inside(lambda: self._at_least(value), start)
        parts = inside(lambda: self._parts(value), start)
        return All(parts) if start == "all" else Any(parts)

    def _parts(self, value: object) -> tuple[Condition, ...]:
        if not is_list(value) or not value:
            raise MisfitError(wanted("a list of conditions", value))
        return each(value, self.read)

    def _at_least(self, value: object) -> AtLeast:
        if not is_mapping(value):
            raise MisfitError(wanted("a mapping with n and of", value))
        _only(value, ("n", "of"))
        _need(value, "n", "of")
        parts = inside(lambda: self._parts(value["of"]), "of")
        n = value["n"]
        if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= len(parts):
            raise MisfitError(wanted(f"a number from 1 to {len(parts)}", n).under("n"))
        return AtLeast(n, parts)

    def _compare(self, value: Mapping_) -> Compare:
        _only(value, ("compare", "if_unknown"))
        terms, if_unknown = value["compare"], value.get("if_unknown")
        if not is_list(terms) or len(terms) != 3:
            raise MisfitError(wanted("[measure, operator, number]", terms).under("compare"))
        measure, operator, number = terms
        misfits = [
            *self._id_misfits("measure", measure, "compare", 0),
            *([] if operator in _OPERATORS else [_at_path(one_of("operator", operator, _OPERATORS), "compare", 1)]),
            *([] if is_number(number) else [wanted("a number", number).under("compare", 2)]),
            *([] if if_unknown is None or isinstance(if_unknown, bool) else [_truth(if_unknown)]),
        ]
        if misfits:
            raise MisfitError(*misfits)
        assumed = if_unknown if isinstance(if_unknown, bool) else None
        return Compare(str(measure), str(operator), float(str(number)), assumed, self._place(value))

    def _derived(self, value: Mapping_) -> Derived:
        _only(value, ("finding", "side", "is"))
        _need(value, "is")
        misfits = list(self._id_misfits("derived finding", value["finding"], "finding"))
        side = _side(value, misfits)
        if value["is"] not in ("present", "absent"):
            misfits.append(_at_path(one_of("result", value["is"], ("present", "absent")), "is"))
        if misfits:
            raise MisfitError(*misfits)
        is_present = value["is"] == "present"
        return Derived(str(value["finding"]), is_present, side, "side" in value, self._place(value))

    def _leaf(self, kind: Kind, value: Mapping_) -> Leaf:
        placed = kind in (Kind.SENSATION, Kind.FEELS)
        fields = (kind.value, *(("over",) if placed else ()), *(() if kind is Kind.LEVEL else ("side",)), "is")
        misfits = list(_unknown_fields(value, fields))
        missing = [missing_field(name) for name in ("over", "is") if name in fields and name not in value]
        names = self._names(kind, value[kind.value], misfits)
        side = _side(value, misfits)
        places = self._places(value["over"], misfits) if placed and "over" in value else ()
        results = self._results(kind, names, value["is"], misfits) if "is" in value else frozenset()
        if "side" in value and kind in NAMES_OF:
            named = NAMES_OF[kind]
            midline = [name for name in names if (named, name) in self.register.midline]
            misfits.extend(_at_path(f"the {named} {name} is midline and takes no side", "side") for name in midline)
        if misfits or missing:
            raise MisfitError(*missing, *misfits)
        wording = leaf_wording(kind, names, places, str(value["is"]), side)
        regions = tuple(dict.fromkeys(region for place in places for region in self.register.regions_of(place)))
        meant = _meant(kind, names)
        return Leaf(kind, meant, results, side, regions, wording, "side" in value, self._place(value))

    def _names(self, kind: Kind, value: object, misfits: list[Misfit]) -> tuple[str, ...]:
        if kind in _WORDS:
            what, words = _WORDS[kind]
            if value not in words:
                misfits.append(_at_path(one_of(what, value, words), kind.value))
            return (str(value),)
        if not is_list(value):
            misfits.extend(self._id_misfits(NAMES_OF[kind], value, kind.value))
            return (str(value),)
        if not value:
            misfits.append(wanted("at least one name", value).under(kind.value))
        for index, name in enumerate(value):
            misfits.extend(self._id_misfits(NAMES_OF[kind], name, kind.value, index))
        return tuple(str(name) for name in value)

    def _places(self, value: object, misfits: list[Misfit]) -> tuple[str, ...]:
        if not is_list(value) or not value:
            misfits.append(wanted("a list of regions or areas", value).under("over"))
            return ()
        for index, place in enumerate(value):
            misfits.extend(self._id_misfits(PLACE, place, "over", index))
        return tuple(str(place) for place in value)

    def _results(self, kind: Kind, names: tuple[str, ...], value: object, misfits: list[Misfit]) -> frozenset[Result]:
        allowed = _RESULTS[kind]
        word = str(value)
        if not isinstance(value, str | int) or word not in allowed:
            misfits.append(_at_path(one_of(f"result of {kind.value}", value, list(allowed)), "is"))
            return frozenset()
        for name in names if kind is Kind.REFLEX else ():
            message = self.register.reflex_misfit(name, {result.value for result in allowed[word]})
            misfits.extend([_at_path(message, "is")] if message else [])
        return allowed[word]

    def _id_misfits(self, kind: str, name: object, *path: Step) -> list[Misfit]:
        message = self.register.misfit(kind, name)
        return [_at_path(message, *path)] if message else []

    def _place(self, value: Mapping_) -> Location:
        return self.document.at(value)


def _meant(kind: Kind, names: tuple[str, ...]) -> tuple[str, ...]:
    """`any` modality or feeling is every one."""
    if names != ("any",):
        return names
    words = Modality if kind is Kind.SENSATION else Feeling
    return tuple(word.value for word in words)


def _side(value: Mapping_, misfits: list[Misfit]) -> SideTest:
    word = value.get("side", "any")
    if isinstance(word, str) and word in _SIDES:
        return _SIDES[word]
    misfits.append(_at_path(one_of("side", word, list(_SIDES)), "side"))
    return SideTest.ANY


def _no_start(value: Mapping_) -> Misfit:
    key = next((key for key in value if isinstance(key, str) and key not in ("side", "is", "over")), None)
    return Misfit("an empty condition") if key is None else unknown_field(key, _STARTS)


def _unknown_fields(value: Mapping_, fields: tuple[str, ...]) -> list[Misfit]:
    return [unknown_field(key if isinstance(key, int) else str(key), fields) for key in value if key not in fields]


def _only(value: Mapping_, fields: tuple[str, ...]) -> None:
    misfits = _unknown_fields(value, fields)
    if misfits:
        raise MisfitError(*misfits)


def _need(value: Mapping_, *fields: str) -> None:
    missing = [missing_field(name) for name in fields if name not in value]
    if missing:
        raise MisfitError(*missing)


def _at_path(message: str, *path: Step) -> Misfit:
    return Misfit(message, path)


def _truth(value: object) -> Misfit:
    return wanted("true or false", value).under("if_unknown")
