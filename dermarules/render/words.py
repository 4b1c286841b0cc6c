"""The words for what the knowledge names and for how it is said: every renderer takes them from here."""

from collections.abc import Iterable, Sequence

from dermarules.inference.cover import SEVERAL
from dermarules.inference.rank import NOTHING
from dermarules.render.voice import Voice
from dermarules.vocabulary import Certainty, Side, Urgency

URGENCY = {
    Urgency.EMERGENCY_NOW: "Emergency now",
    Urgency.SAME_DAY: "Same day",
    Urgency.URGENT_2_WEEKS: "Urgent, within two weeks",
    Urgency.ROUTINE: "Routine",
    Urgency.SELF_CARE_MONITOR: "Self-care, and keep watch",
}
CERTAINTY = {
    Certainty.CLEAR: "clear",
    Certainty.LEANING: "leaning",
    Certainty.UNDECIDED: "undecided",
}
OPERATORS = {"lt": "below", "le": "at most", "eq": "exactly", "ge": "at least", "gt": "above"}
NOT_A_DEVICE = "Supports a decision; is not a medical device."
ADULTS = "The patient is under 18: the knowledge base is for adults. The red flags apply all the same."
ADULT_AGE = 18

_SIDES = {"left": "left", "right": "right", "both": "both sides", "unknown": "side not stated"}
_MOST_PLACES = 6


def lowered(name: str) -> str:
    """A name as it stands within a sentence; an abbreviation keeps its capitals."""
    is_word = name[1:2].islower() or name[:2] == "A "
    return name[:1].lower() + name[1:] if is_word else name


def capital(sentence: str) -> str:
    """A text as it begins a line."""
    return sentence[:1].upper() + sentence[1:]


def stopped(sentence: str) -> str:
    """A sentence with the full stop that it may lack."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 finding, 2 findings."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def side_word(side: str | None) -> str:
    """A side in words; nothing where there is none."""
    return _SIDES.get(side or "", "")


def sides_word(sides: Sequence[Side]) -> str:
    """The sides of a finding in words."""
    return "both sides" if len(sides) > 1 else side_word(sides[0].value)


def on_side(text: str, side: str | None) -> str:
    """A text with its side behind it."""
    word = side_word(side)
    return f"{text}, {word}" if word else text


def localization_name(name: str, voice: Voice) -> str:
    """A localization as a neurologist says it: root L5 is the L5 root; several lesions are joined by and."""
    return listed([_lesion_name(lesion, voice) for lesion in name.split(SEVERAL)])


def _lesion_name(name: str, voice: Voice) -> str:
    kind, _, rest = name.partition(" ")
    match kind:
        case "root":
            return f"{rest} root"
        case "roots":
            return f"{rest.replace('-', ' to ')} roots"
        case "nerve" if rest in voice.knowledge.nerves:
            return lowered(voice.name("nerves", rest))
        case "plexus" if rest in voice.knowledge.nerves:
            return lowered(voice.name("nerves", rest))
        case "plexus":
            return f"{rest.replace('_', ' ')} plexus"
        case _ if name in voice.knowledge.wide_sites:
            return lowered(voice.name("wide_sites", name))
    return "nothing to localize" if name == NOTHING else name.replace("_", " ")


def the_localization(name: str, voice: Voice) -> str:
    """The localization within a sentence: the L5 root, the femoral nerve, polyneuropathy."""
    return listed([_the_lesion(lesion, voice) for lesion in name.split(SEVERAL)])


def _the_lesion(name: str, voice: Voice) -> str:
    said = _lesion_name(name, voice)
    return f"the {said}" if name.partition(" ")[0] in ("root", "roots", "nerve", "plexus") else said


def site_name(site: str, voice: Voice) -> str:
    """The name of a lesion site."""
    return lowered(voice.name("lesion_sites", site)) if site in voice.knowledge.lesion_sites else site.replace("_", " ")


def condition_name(condition: str, voice: Voice) -> str:
    """The name of a condition."""
    return (
        voice.name("conditions", condition) if condition in voice.knowledge.conditions else condition.replace("_", " ")
    )


def places_phrase(places: Iterable[str], voice: Voice) -> str:
    """Skin regions in few words: an area stands for its regions where all of them are named."""
    left = dict.fromkeys(places)
    position = {region: number for number, region in enumerate(left)}
    said: list[tuple[int, str]] = []
    for area in sorted(voice.knowledge.areas.values(), key=lambda a: -len(a.regions)):
        if len(area.regions) > 1 and all(region in left for region in area.regions):
            said.append((min(position[region] for region in area.regions), f"the {lowered(area.name)}"))
            for region in area.regions:
                del left[region]
    said += [(position[region], _region(region, voice)) for region in left]
    names = [name for _, name in sorted(said)]
    if len(names) > _MOST_PLACES:
        names = [*names[: _MOST_PLACES - 1], f"{len(names) - _MOST_PLACES + 1} more places"]
    return listed(names)


def _region(region: str, voice: Voice) -> str:
    return f"the {lowered(voice.name('regions', region))}"
