"""What the first answer would be under the other dermatome maps, and in a person with another plexus."""

from collections.abc import Iterable, Iterator, Sequence

from dermarules.questions.answer import Answer
from dermarules.questions.robustness import FirstAnswer
from dermarules.render.grounds import has_draft, tag
from dermarules.render.letter import Line
from dermarules.render.voice import Voice
from dermarules.render.words import capital, listed, lowered, on_side, the_localization


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
        groups["nothing to go by"] = silent
    others = [each for group in groups.values() for each in group]
    same = len(found) - len(others)
    share = f"{same} of {len(found)}" if others else f"all {same}"
    first = capital(the_localization(answer.differential[0].localization, voice))
    rest = (f"; {name} on {listed([_title(maps[e.map].title) for e in group])}" for name, group in groups.items())
    ground = tuple(f"dermatome_maps/{each.map}" for each in others)
    return Line(f"{first} on {share} dermatome maps{''.join(rest)}.", ground, has_draft(maps.values()))


def _in_variants(found: Sequence[FirstAnswer], answer: Answer, voice: Voice) -> Line:
    """With a prefixed plexus, the L4 root; with a postfixed plexus, the S1 root; with other variants, the same."""
    variants = {each: answer.knowledge.plexus_variants[each.variant or ""] for each in found}
    changed = [each for each in found if not each.is_same]
    parts = [
        f"with {listed([_with_article(variants[each].name) for each in group], 'or')}, {name}"
        for name, group in _by_name(changed, answer, voice).items()
    ]
    if len(changed) < len(found):
        parts.append(f"with {'other' if parts else 'all known'} variants of the plexus, the same")
    ground = tuple(tag(f"plexus_variants/{variants[each].id}", variants[each].sources) for each in changed)
    return Line(f"{capital('; '.join(parts))}.", ground, has_draft(variants.values()))


def _by_name(found: Iterable[FirstAnswer], answer: Answer, voice: Voice) -> dict[str, list[FirstAnswer]]:
    """The answers in words, each with the maps or variants that give it; the side is said where it differs."""
    groups: dict[str, list[FirstAnswer]] = {}
    for each in found:
        name = the_localization(each.localization, voice)
        said = name if each.side == answer.differential[0].side else on_side(name, each.side)
        groups.setdefault(said, []).append(each)
    return groups


def _title(title: str) -> str:
    """The title of a map without what explains it."""
    return f'"{title.partition(" (")[0]}"'


def _with_article(name: str) -> str:
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {lowered(name)}"
