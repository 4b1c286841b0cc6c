"""One row of a case: a located or Python mapping becomes a finding, or says everything that is wrong with it."""

import re
from collections.abc import Mapping

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.located import Document, is_list, is_mapping, shown
from dermarules.knowledgebase.misfits import (
    Misfit,
    MisfitError,
    is_number,
    missing_field,
    one_of,
    type_of,
    unknown,
    unknown_field,
    wanted,
)
from dermarules.knowledgebase.register import NAMES_OF, PLACE
from dermarules.vocabulary import BOTH_SIDES, RESULTS, Feeling, Kind, Modality, Result, Side

_KINDS = {kind.value: kind for kind in Kind}
_PLACED = (Kind.SENSATION, Kind.FEELS)
_SIDED = (*_PLACED, Kind.POWER, Kind.MUSCLE, Kind.WASTING, Kind.FASCICULATION, Kind.REFLEX)
_GRADED = (Kind.POWER, Kind.MUSCLE)
_SIDES = {
    "left": (Side.LEFT,),
    "right": (Side.RIGHT,),
    "both": BOTH_SIDES,
    "unknown": (Side.UNKNOWN,),
}
_WORDS = {
    Kind.SENSATION: ("modality", [modality.value for modality in Modality]),
    Kind.FEELS: ("feeling", [feeling.value for feeling in Feeling]),
    Kind.LEVEL: ("level", ["sensory"]),
}
_RESULTS = {kind: {result.value: result for result in Result if result in results} for kind, results in RESULTS.items()}
_SEGMENT = re.compile(r"C[1-8]|T(?:[1-9]|1[0-2])|L[1-5]|S[1-5]")
_GRADES = "MRC grades are 0, 1, 2, 3, 4-, 4, 4+ and 5; without a grade write weak, normal or paralysed"


def read_row(value: object, document: Document, knowledge: Knowledge) -> Finding:
    """The finding that a row states; MisfitError if it states none."""
    return _row(value, knowledge, ("over", "is")).finding(document)


def read_thing(value: object, document: Document, knowledge: Knowledge) -> tuple[Finding, bool]:
    """What a row speaks of, and whether it says what was found; if not, the result of the finding says nothing."""
    row = _row(value, knowledge, ("over",))
    return row.finding(document), row.value.get("is") is not None


def _row(value: object, knowledge: Knowledge, needed: tuple[str, ...]) -> "_Row":
    """A row of one kind, and which fields it needs, as far as its kind has them; MisfitError for any other value."""
    if not is_mapping(value):
        raise MisfitError(wanted("a finding", value))
    kinds = [key for key in value if isinstance(key, str) and key in _KINDS]
    if not kinds:
        key = next((key for key in value if key not in _COMMON), None)
        raise MisfitError(Misfit("an empty finding") if key is None else _no_kind(key))
    if len(kinds) > 1:
        raise MisfitError(Misfit(f"'{kinds[0]}' and '{kinds[1]}' in one row; write two rows"))
    return _Row(_KINDS[kinds[0]], value, knowledge, needed)


_COMMON = ("over", "side", "is", "derived_from")


def _no_kind(key: object) -> Misfit:
    return Misfit(unknown("kind of finding", key, list(_KINDS)), (shown(key),), of_key=True)


class _Row:
    """A row of one kind, and what does not fit in it."""

    def __init__(
        self, kind: Kind, value: Mapping[object, object], knowledge: Knowledge, needed: tuple[str, ...]
    ) -> None:
        self.kind = kind
        self.value = value
        self.knowledge = knowledge
        self.needed = needed
        self.misfits: list[Misfit] = []

    def miss(self, message: str, *path: str | int) -> None:
        self.misfits.append(Misfit(message, path))

    def finding(self, document: Document) -> Finding:
        kind = self.kind
        fields = [kind.value, *(("over",) if kind in _PLACED else ()), "side", "is", "derived_from"]
        self.misfits.extend(unknown_field(_step(key), fields) for key in self.value if key not in fields)
        needed = [name for name in self.needed if name in fields]
        self.misfits.extend(missing_field(name) for name in needed if self.value.get(name) is None)
        name = self._name()
        sides = self._sides(name)
        places = self._places() if kind in _PLACED and self.value.get("over") is not None else ()
        result, number, level = self._result(name) if self.value.get("is") is not None else (Result.ABSENT, None, "")
        said = self.value.get("derived_from")
        if said is not None and not isinstance(said, str):
            self.misfits.append(wanted("text", said).under("derived_from"))
        if self.misfits:
            raise MisfitError(*self.misfits)
        return Finding(kind, name, sides, result, places, number, level, str(said or ""), document.at(self.value))

    def _name(self) -> str:
        name = self.value[self.kind.value]
        if is_list(name):
            self.miss(f"one name is needed, not a list; write a row for each {self.kind.value}", self.kind.value)
            return ""
        if self.kind in _WORDS:
            what, words = _WORDS[self.kind]
            if name not in words:
                self.miss(one_of(what, name, words), self.kind.value)
        else:
            message = self.knowledge.register.misfit(NAMES_OF[self.kind], name)
            if message:
                self.miss(message, self.kind.value)
        return shown(name)

    def _sides(self, name: str) -> tuple[Side, ...]:
        word = self.value.get("side")
        if word is None:
            if self.kind in _SIDED and not self._is_midline(name):
                self.miss("missing field 'side': left, right, both, or unknown if the source does not say which")
            return (Side.NONE,)
        if self.kind is Kind.LEVEL or (self.kind is Kind.MEASURE and self._is_midline(name)):
            self.miss(f"the {self.kind.value} {shown(name)} has no side; leave it out", "side")
        elif not isinstance(word, str) or word not in _SIDES:
            self.miss(one_of("side", word, list(_SIDES)), "side")
        if self.kind is Kind.SIGN and self._is_midline(name):
            # A sign of the whole patient may be told with the side of the complaint; it says no more for it.
            return (Side.NONE,)
        return _SIDES.get(shown(word), (Side.NONE,))

    def _is_midline(self, name: str) -> bool:
        kinds = NAMES_OF.get(self.kind, "").split(" or ")
        return any((kind, name) in self.knowledge.register.midline for kind in kinds)

    def _places(self) -> tuple[str, ...]:
        over = self.value["over"]
        if not is_list(over):
            self.miss(f"a list of regions is needed; write [{shown(over)}]", "over")
            return ()
        if not over:
            self.miss("at least one region is needed", "over")
        register = self.knowledge.register
        for index, place in enumerate(over):
            message = register.misfit(PLACE, place)
            if message:
                self.miss(message, "over", index)
        return tuple(dict.fromkeys(region for place in over for region in register.regions_of(shown(place))))

    def _result(self, name: str) -> tuple[Result, float | None, str]:
        """The result, the number of a measure, and the segment of a level."""
        word = self.value["is"]
        if self.kind is Kind.MEASURE:
            return Result.MEASURED, self._number(name, word), ""
        if self.kind is Kind.LEVEL and isinstance(word, str) and _SEGMENT.fullmatch(word):
            return Result.PRESENT, None, word
        possible = _RESULTS[self.kind]
        text = shown(word)
        if not isinstance(word, str | int) or text not in possible:
            self.miss(self._no_result(word), "is")
            return Result.ABSENT, None, ""
        if self.kind is Kind.REFLEX and self.knowledge.register.reflex_misfit(name, {text}):
            self.miss(self.knowledge.register.reflex_misfit(name, {text}), "is")
        return possible[text], None, ""

    def _no_result(self, word: object) -> str:
        if self.kind in _GRADED and isinstance(word, int | float) and not isinstance(word, bool):
            return f"there is no grade {shown(word)}; {_GRADES}"
        if self.kind in _GRADED:
            return f"{unknown('grade', word, list(_RESULTS[self.kind]))}; {_GRADES}"
        if self.kind is Kind.LEVEL:
            return f"unknown segment '{shown(word)}'; it is one like T10, or absent"
        return one_of("result", word, list(_RESULTS[self.kind]))

    def _number(self, name: str, word: object) -> float | None:
        if not isinstance(word, int | float) or isinstance(word, bool):
            self.miss(f"a number is needed, not {type_of(word)}", "is")
            return None
        measure = self.knowledge.measures.get(name)
        if not is_number(word) or (measure and not measure.minimum <= word <= measure.maximum):
            span = f"{measure.minimum:g} to {measure.maximum:g} {measure.unit}" if measure else "a finite number"
            self.miss(f"{shown(word)} is outside the possible range, {span}", "is")
            return None
        return float(word)


def _step(key: object) -> str | int:
    return key if isinstance(key, int) else shown(key)
