"""What the first answer would be under the other dermatome maps, and in a person with another plexus."""

from collections.abc import Iterable, Iterator, Sequence

from dermarules.questions.answer import Answer
from dermarules.questions.robustness import FirstAnswer
from dermarules.render.grounds import has_draft, tag
from dermarules.render.letter import Line
from dermarules.render.voice import Voice
from dermarules.render.words import capital, either, listed, lowered, on_side, stopped, the_localization


def robustness(answer: Answer, voice: Voice) -> Iterator[Line]:
    """One line for the maps and one for the plexus; for an answer that is no root, only if something changes."""
    is_root = answer.inference.ranked[0].weighing.candidate.klass == "root"
    on_maps = [each for each in answer.robustness if each.variant is None]
    in_variants = [each for each in answer.robustness if each.variant is not None]
    if any(not each.is_same and each.has_ground for each in on_maps) or (is_root and on_maps):
        yield _on_maps(on_maps, answer, voice)
    if any(not each.is_same for each in in_variants) or (is_root and in_variants):
        yield _in_variants(in_variants, answer, voice)


def _on_maps(found: Sequence[FirstAnswer], answer: Answer, voice: Voice) -> Line:
    """The L5 root on 5 of 6 dermatome maps; the L4 root on "Keegan and Garrett 1948"."""
    maps = answer.knowledge.maps
    grounded = [each for each in found if each.has_ground]
    groups = _by_name([each for each in grounded if not each.is_same], answer, voice)
    silent = [each for each in found if not each.has_ground]
    if silent:
        groups[voice.say("robustness.nothing")] = silent
    others = [each for group in groups.values() for each in group]
    same = len(found) - len(others)
    first = capital(the_localization(answer.differential[0].localization, voice))
    if not others:
        return Line(voice.say("robustness.maps_all", place=first, n=same), (), has_draft(maps.values()))
    rest = "".join(
        voice.say("robustness.on_maps", place=name, maps=listed([_title(each.map, voice) for each in group], voice))
        for name, group in groups.items()
    )
    ground = tuple(f"dermatome_maps/{each.map}" for each in others)
    text = voice.say("robustness.maps_some", place=first, n=same, all=len(found), others=rest)
    return Line(text, ground, has_draft(maps.values()))


def _in_variants(found: Sequence[FirstAnswer], answer: Answer, voice: Voice) -> Line:
    """With a prefixed plexus, the L4 root; with a postfixed plexus, the S1 root; with other variants, the same."""
    variants = {each: answer.knowledge.plexus_variants[each.variant or ""] for each in found}
    changed = [each for each in found if not each.is_same]
    parts = [
        voice.say(
            "robustness.with_variant",
            variants=either([_with_article(variants[each].id, voice) for each in group], voice),
            place=name,
        )
        for name, group in _by_name(changed, answer, voice).items()
    ]
    if len(changed) < len(found):
        parts.append(voice.say("robustness.with_others" if parts else "robustness.with_all"))
    ground = tuple(tag(f"plexus_variants/{variants[each].id}", variants[each].sources) for each in changed)
    text = stopped(capital(voice.say("robustness.between").join(parts)))
    return Line(text, ground, has_draft(variants.values()))


def _by_name(found: Iterable[FirstAnswer], answer: Answer, voice: Voice) -> dict[str, list[FirstAnswer]]:
    """The answers in words, each with the maps or variants that give it; the side is said where it differs."""
    groups: dict[str, list[FirstAnswer]] = {}
    for each in found:
        name = the_localization(each.localization, voice)
        said = name if each.side == answer.differential[0].side else on_side(name, each.side, voice)
        groups.setdefault(said, []).append(each)
    return groups


def _title(name: str, voice: Voice) -> str:
    """The title of a map without what explains it."""
    return voice.say("robustness.map", title=voice.text("maps", name, "title").partition(" (")[0])


def _with_article(variant: str, voice: Voice) -> str:
    name = lowered(voice.name("plexus_variants", variant), voice)
    before_vowel = name[:1] in tuple(voice.say("robustness.vowels"))
    return voice.say("robustness.an" if before_vowel else "robustness.a", name=name)
