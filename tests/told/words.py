"""English read backwards: the templates of the language and the names of the knowledge, from text to what it means."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dermarules.bedside import Measure
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.languages import ENGLISH, language
from dermarules.vocabulary import FULL_POWER, Feeling, Kind, Modality, Result, Tier, Urgency

# A localization that is told: its lesions, each with its side in words (empty where none is told).
Spots = tuple[tuple[str, str], ...]
_NUMBERS = ("n", "rank", "count", "total", "other", "explains", "leaves", "contradicts", "examined", "items", "all")
# The table of the knowledge for each kind of place.
TABLES = {"skin": "regions", "movement": "movements", "reflex": "reflexes", "muscle": "muscles"}
_SLOT = re.compile(r"\{(\w+)(?::([^|}]*)\|([^}]*))?\}")
_SIDES = ("left", "right", "both", "unknown")
_OPERATORS = ("lt", "le", "eq", "ge", "gt")


def small(text: str) -> str:
    """A text as it stands in the middle of a sentence, so that where it stands makes no difference."""
    return text[:1].lower() + text[1:]


def bare(sentence: str) -> str:
    """A sentence in the middle of another: without its capital and its full stop, its words one space apart."""
    return small(" ".join(sentence.split())).removesuffix(".")


def _expression(slot: str) -> str:
    """What may stand in a slot."""
    if slot in _NUMBERS:
        return r"-?\d+"
    if slot == "grade":
        return r"[0-5][+-]?"
    if slot in ("urgency", "possible"):
        keys = [f"urgency.{each.value}{form}" for each in Urgency for form in ("_within", "")]
        return "|".join(re.escape(word(key)) for key in keys)
    if slot == "tiers":
        tier = "|".join(word(f"reasons.{each.value}") for each in Tier)
        return f"(?:{tier})(?:(?:, | and )(?:{tier}))*"
    return ".+?"


@cache
def pattern(key: str) -> re.Pattern[str]:
    """The expression that reads a template; a plural must agree with its number."""
    template, parts, at = " ".join(language(ENGLISH).templates[key].split()), [], 0
    seen: set[str] = set()
    for slot in _SLOT.finditer(template):
        parts.append(re.escape(template[at : slot.start()]))
        at, (name, one, many) = slot.end(), slot.groups()
        if one is not None:
            # The number may stand behind its noun: which of the two words was used is told beside it.
            parts.append(f"(?:(?P<one_{name}_{at}>{re.escape(one)})|(?P<many_{name}_{at}>{re.escape(many)}))")
        elif name in seen:
            parts.append(f"(?P={name})")
        else:
            parts.append(f"(?P<{name}>{_expression(name)})")
            seen.add(name)
    return re.compile("".join(parts) + re.escape(template[at:]))


def read(key: str, text: str) -> dict[str, str] | None:
    """What stands in the slots of a template that makes a text; None if it makes another one."""
    found = pattern(key).fullmatch(text)
    if found is None:
        return None
    slots = {name: said for name, said in found.groupdict().items() if said is not None}
    for name in [name for name in slots if name.startswith(("one_", "many_"))]:
        number = slots.get(name.split("_", 1)[1].rpartition("_")[0])
        del slots[name]
        if number is not None and (number == "1") is not name.startswith("one_"):
            return None
    return slots


def word(key: str) -> str:
    """A template without slots."""
    return " ".join(language(ENGLISH).templates[key].split())


def _joint(key: str) -> str:
    """What stands between the two slots of a template that joins."""
    return language(ENGLISH).templates[key].removeprefix("{rest}").removesuffix("{last}")


def listed(text: str, last: str = "words.and", between: str = ", ") -> Iterator[tuple[str, ...]]:
    """Every way to read a text as a list: this, that and the other. Names may have commas in them."""
    joint = _joint(last)
    yield (text,)
    for cut in _cuts(text, joint):
        for first in _chain(text[:cut], between):
            yield (*first, text[cut + len(joint) :])


def _chain(text: str, between: str) -> Iterator[tuple[str, ...]]:
    yield (text,)
    for cut in _cuts(text, between):
        for rest in _chain(text[cut + len(between) :], between):
            yield (text[:cut], *rest)


def _cuts(text: str, joint: str) -> Iterator[int]:
    found = text.find(joint)
    while found > 0:
        yield found
        found = text.find(joint, found + 1)


def joined(items: Sequence[str]) -> str:
    """A list in words: this, that and the other."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def ids(text: str, last: str, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The ids of a list of names; none if it is no such list."""
    for items in listed(text, last):
        if all(bare(item) in known for item in items):
            return tuple(key for item in items for key in known[bare(item)])
    return ()


def _index(names: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Ids by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, key in names:
        found[bare(name)] = (*found.get(bare(name), ()), key)
    return found


@dataclass(frozen=True)
class Meaning:
    """What a phrase says was found. Where it only counts some of the places, `count` are told in all, else 0."""

    kind: Kind
    name: str
    result: Result
    side: str
    places: frozenset[str] = frozenset()
    count: int = 0
    number: str = ""
    level: str = ""


@dataclass(frozen=True)
class Assumption:
    """What a phrase says is assumed: its reason, or that a measure is within a limit."""

    reason: str = ""
    measure: str = ""
    operator: str = ""
    number: str = ""


class Words:
    """What the words of a text mean under one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.sides = {word(f"words.{side}"): side for side in _SIDES}
        self.urgencies = {word(f"urgency.{each.value}_within"): each for each in Urgency}
        self.labels = {word(f"urgency.{each.value}"): each for each in Urgency}
        self.flags = _index((flag.title, flag.id) for flag in knowledge.red_flags.values())
        self.conditions = self.named("conditions")
        self.movements, self.muscles = self.named("movements"), self.named("muscles")
        self.reflexes, self.signs, self.regions = self.named("reflexes"), self.named("signs"), self.named("regions")
        self.sites, self.measures = self.named("lesion_sites"), self.named("measures")
        self.history = _index((item.meaning, item.id) for item in knowledge.history.values())
        self._lesions = _index(self._lesion_names())
        self._places = {f"the {name}": frozenset(keys) for name, keys in self.regions.items()}
        for area in knowledge.areas.values():
            if len(area.regions) > 1:
                self._places[f"the {bare(area.name)}"] = frozenset(area.regions)

    def named(self, table: str) -> Mapping[str, tuple[str, ...]]:
        """The ids of a table by name."""
        return _index((record.name, key) for key, record in getattr(self.knowledge, table).items())

    def _lesion_names(self) -> Iterator[tuple[str, str]]:
        for root in self.knowledge.roots:
            yield word("words.root").replace("{root}", root), f"root {root}"
        for nerve in self.knowledge.nerves.values():
            yield nerve.name, f"nerve {nerve.id}"
            yield nerve.name, f"plexus {nerve.id}"
            name = nerve.id.removesuffix("_plexus")
            yield word("words.plexus").replace("{plexus}", name.replace("_", " ")), f"plexus {name}"
        for name in ("lumbar", "sacral", "lumbosacral"):
            yield word(f"words.plexus_{name}"), f"plexus {name}"
        for site in self.knowledge.wide_sites.values():
            yield site.name, site.id
        yield word("words.nothing"), "nothing_to_localize"

    def with_side(self, text: str) -> Iterator[tuple[str, str]]:
        """A text and the side behind it, and the text as it is."""
        said, _, last = text.rpartition(", ")
        if last in self.sides:
            yield said, self.sides[last]
        yield text, ""

    def lesions(self, text: str) -> tuple[str, ...]:
        """The single localizations that a name may mean."""
        name = text.removeprefix("the ").removeprefix("The ")
        if runs := read("words.roots", name):
            return (f"roots {runs['roots'].replace(_joint('words.to'), '-')}",)
        return self._lesions.get(small(name), ())

    def spots(self, text: str) -> frozenset[Spots]:
        """The localizations that a text may name, each lesion with the side that is told of it."""
        found: set[Spots] = set()
        for parts in listed(text, "words.and_apart", _joint("words.and_apart")):
            found |= self._product([self._one_side(part) for part in parts])
        return frozenset(found)

    def _one_side(self, text: str) -> list[Spots]:
        """Lesions that share a side: the femoral nerve and the obturator nerve, left."""
        return [
            spots
            for said, side in self.with_side(text)
            for names in listed(said)
            for spots in self._product([[((name, side),) for name in self.lesions(each)] for each in names])
        ]

    @staticmethod
    def _product(parts: Iterable[Iterable[Spots]]) -> set[Spots]:
        found: set[Spots] = {()}
        for part in parts:
            found = {(*before, *one) for before in found for one in part}
        return found

    def regions_of(self, text: str) -> tuple[frozenset[str], int] | None:
        """The skin regions that a text names; where it only counts some of its places, how many they are in all."""
        for items in listed(text):
            more = read("words.more_places", items[-1])
            named = items[:-1] if more else items
            if all(small(item) in self._places for item in named):
                regions = frozenset(region for item in named for region in self._places[small(item)])
                return regions, len(named) + int(more["n"]) if more else 0
        return None

    def findings(self, text: str) -> Iterator[Meaning]:
        """What a phrase may say was found."""
        for said, side in self.with_side(text):
            for meaning in self._statements(small(said)):
                yield Meaning(**{**vars(meaning), "side": side})

    def _statements(self, said: str) -> Iterator[Meaning]:
        yield from self._felt(said, Kind.SENSATION, "felt_", {word(f"phrases.{m.value}"): m.value for m in Modality})
        feelings = {word(f"phrases.feels_{name}"): name for name in ("any", *(f.value for f in Feeling))}
        yield from self._felt(said, Kind.FEELS, "feels_", feelings)
        yield from self._moved(said)
        yield from self._simple(said)
        yield from self._measured(said)
        if slots := read("phrases.level_at", said):
            yield Meaning(Kind.LEVEL, "sensory", Result.PRESENT, "", level=slots["level"])
        for result in (Result.PRESENT, Result.ABSENT):
            if said == word(f"phrases.level_{result.value}"):
                yield Meaning(Kind.LEVEL, "sensory", result, "")

    def _felt(self, said: str, kind: Kind, head: str, qualities: Mapping[str, str]) -> Iterator[Meaning]:
        for result in Result:
            key = f"phrases.{head}{result.value}"
            if key not in language(ENGLISH).templates or not (slots := read(key, said)):
                continue
            places = self.regions_of(slots["where"])
            if slots["felt"] in qualities and places:
                yield Meaning(kind, qualities[slots["felt"]], result, "", *places)

    def _moved(self, said: str) -> Iterator[Meaning]:
        for kind, things in ((Kind.POWER, self.movements), (Kind.MUSCLE, self.muscles)):
            for result in (Result.WEAK, Result.PARALYSED, Result.NORMAL):
                if slots := read(f"phrases.power_{result.value}", said):
                    yield from (Meaning(kind, name, result, "") for name in things.get(slots["moved"], ()))
            for key, is_full in (("phrases.graded_full", True), ("phrases.graded_weak", False)):
                if not (slots := read(key, said)):
                    continue
                grades = [r for r in Result if r.value == slots["grade"] and (r in FULL_POWER) is is_full]
                yield from (Meaning(kind, name, r, "") for name in things.get(slots["moved"], ()) for r in grades)

    def _simple(self, said: str) -> Iterator[Meaning]:
        either = {**self.movements, **self.muscles}
        for kind, slot, things in (
            (Kind.WASTING, "muscle", either),
            (Kind.FASCICULATION, "muscle", either),
            (Kind.REFLEX, "reflex", self.reflexes),
            (Kind.SIGN, "sign", self.signs),
            (Kind.HISTORY, "meaning", self.history),
        ):
            for result in Result:
                key = f"phrases.{kind.value}_{result.value}"
                if key in language(ENGLISH).templates and (slots := read(key, said)):
                    yield from (Meaning(kind, name, result, "") for name in things.get(bare(slots[slot]), ()))

    def _measured(self, said: str) -> Iterator[Meaning]:
        for key in ("phrases.measure", "phrases.measure_graded"):
            if not (slots := read(key, said)):
                continue
            head, _, rest = said.partition(": ")
            for name in self.measures.get(head, ()):
                unit = self.knowledge.measures[name].unit
                number = rest.removesuffix(f" {unit}") if key == "phrases.measure" else slots["number"]
                if key == "phrases.measure_graded" or rest.endswith(f" {unit}"):
                    yield Meaning(Kind.MEASURE, name, Result.MEASURED, "", number=number)

    def assumptions(self, text: str) -> Iterator[Assumption]:
        """What a phrase may say is assumed."""
        if slots := read("phrases.assumed_measure", text):
            for key in ("phrases.compared", "phrases.compared_grade"):
                for name, measure in self.knowledge.measures.items():
                    yield from self._compared(slots["compared"], key, name, measure)
        elif slots := read("phrases.assumed", text):
            yield Assumption(slots["reason"])

    def _compared(self, text: str, key: str, name: str, measure: Measure) -> Iterator[Assumption]:
        for operator in _OPERATORS:
            template = word(key)
            for slot, value in (
                ("measure", small(measure.name)),
                ("operator", word(f"phrases.{operator}")),
                ("unit", measure.unit),
            ):
                template = template.replace(f"{{{slot}}}", value)
            head, _, tail = template.partition("{number}")
            if text.startswith(head) and text.endswith(tail):
                yield Assumption(measure=name, operator=operator, number=text.removeprefix(head).removesuffix(tail))
