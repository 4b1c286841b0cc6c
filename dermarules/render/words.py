"""The words for what the knowledge names and for how it is said: every renderer takes them from here."""

from collections.abc import Iterable, Sequence

from dermarules.inference.rank import NOTHING
from dermarules.notation import SEVERAL
from dermarules.render.voice import Voice
from dermarules.vocabulary import Certainty, Side, Urgency

_SIDES = ("left", "right", "both", "unknown")
_MOST_PLACES = 6


def urgency_title(urgency: Urgency, voice: Voice) -> str:
    """An urgency as a label: Same day."""
    return voice.say(f"urgency.{urgency.value}")


def urgency_word(urgency: Urgency, voice: Voice) -> str:
    """An urgency within a sentence: same day."""
    return voice.say(f"urgency.{urgency.value}_within")


def certainty_word(certainty: Certainty | None, voice: Voice) -> str:
    """How clear a localization is; nothing where that is not said."""
    return voice.say(f"words.{certainty.value}") if certainty else ""


def lowered(name: str, voice: Voice) -> str:
    """A name as it stands within a sentence: small where the language has it so; an abbreviation keeps its capitals."""
    is_word = name[1:2].islower() or name[1:2].isspace()
    return name[:1].lower() + name[1:] if is_word and voice.say("words.nouns_within") == "small" else name


def capital(sentence: str) -> str:
    """A text as it begins a line."""
    return sentence[:1].upper() + sentence[1:]


def stopped(sentence: str) -> str:
    """A sentence with the full stop that it may lack."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def listed(words: Sequence[str], voice: Voice) -> str:
    """Words as a list in a sentence: this, that and the other."""
    return _joined(words, "words.and", voice)


def either(words: Sequence[str], voice: Voice) -> str:
    """Words as a choice in a sentence: this, that or the other."""
    return _joined(words, "words.or", voice)


def _joined(words: Sequence[str], last: str, voice: Voice) -> str:
    if len(words) < 2:
        return "".join(words)
    return voice.say(last, rest=voice.say("words.comma").join(words[:-1]), last=words[-1])


def and_more(words: Sequence[str], more: int, voice: Voice) -> str:
    """Words as a list, and how many more there are that are not named."""
    return listed([*words, voice.say("words.more", n=more)] if more else words, voice)


def counted(number: int, noun: str) -> str:
    """A number with its noun, as commands tell it: 1 finding, 2 findings."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def side_word(side: str | None, voice: Voice) -> str:
    """A side in words; nothing where there is none."""
    return voice.say(f"words.{side}") if side in _SIDES else ""


def sides_word(sides: Sequence[Side], voice: Voice) -> str:
    """The sides of a finding in words."""
    return side_word("both" if len(sides) > 1 else sides[0].value, voice)


def on_side(text: str, side: str | None, voice: Voice) -> str:
    """A text with its side behind it."""
    word = side_word(side, voice)
    return voice.say("words.on_side", text=text, side=word) if word else text


def localization_name(name: str, voice: Voice) -> str:
    """A localization as a neurologist says it: root L5 is the L5 root; several lesions are joined by and."""
    return listed([_lesion_name(lesion, voice) for lesion in name.split(SEVERAL)], voice)


def _lesion_name(name: str, voice: Voice) -> str:
    kind, _, rest = name.partition(" ")
    match kind:
        case "root":
            return voice.say("words.root", root=rest)
        case "roots":
            return voice.say("words.roots", roots=rest.replace("-", voice.say("words.to")))
        case "nerve" | "plexus" if rest in voice.knowledge.nerves:
            return lowered(voice.name("nerves", rest), voice)
        case "plexus":
            return _plexus(rest, voice)
        case _ if name in voice.knowledge.wide_sites:
            return lowered(voice.name("wide_sites", name), voice)
    return voice.say("words.nothing") if name == NOTHING else name.replace("_", " ")


def _plexus(name: str, voice: Voice) -> str:
    """A plexus by the word that the language has for it, or by its id."""
    own = f"words.plexus_{name}"
    if own in voice.language.templates:
        return voice.say(own)
    return voice.say("words.plexus", plexus=name.replace("_", " "))


def the_localization(name: str, voice: Voice) -> str:
    """The localization within a sentence: the L5 root, the femoral nerve, polyneuropathy."""
    return listed([_the_lesion(lesion, voice) for lesion in name.split(SEVERAL)], voice)


def _the_lesion(name: str, voice: Voice) -> str:
    said = _lesion_name(name, voice)
    return voice.say("words.the", name=said) if name.partition(" ")[0] in ("root", "roots", "nerve", "plexus") else said


def site_name(site: str, voice: Voice) -> str:
    """The name of a lesion site."""
    if site not in voice.knowledge.lesion_sites:
        return site.replace("_", " ")
    return lowered(voice.name("lesion_sites", site), voice)


def condition_name(condition: str, voice: Voice) -> str:
    """The name of a condition."""
    if condition not in voice.knowledge.conditions:
        return condition.replace("_", " ")
    return voice.name("conditions", condition)


def flag_name(flag: str, voice: Voice) -> str:
    """What a red flag is called, within a sentence."""
    return lowered(voice.text("red_flags", flag, "title"), voice)


def places_phrase(places: Iterable[str], voice: Voice) -> str:
    """Skin regions in few words: an area stands for its regions where all of them are named."""
    left = dict.fromkeys(places)
    position = {region: number for number, region in enumerate(left)}
    said: list[tuple[int, str]] = []
    for area in sorted(voice.knowledge.areas.values(), key=lambda a: -len(a.regions)):
        if len(area.regions) > 1 and all(region in left for region in area.regions):
            said.append((min(position[region] for region in area.regions), _place("areas", area.id, voice)))
            for region in area.regions:
                del left[region]
    said += [(position[region], _place("regions", region, voice)) for region in left]
    names = [name for _, name in sorted(said)]
    if len(names) > _MOST_PLACES:
        names = [*names[: _MOST_PLACES - 1], voice.say("words.more_places", n=len(names) - _MOST_PLACES + 1)]
    return listed(names, voice)


def _place(table: str, name: str, voice: Voice) -> str:
    return voice.say("words.the_place", place=lowered(voice.name(table, name), voice))
