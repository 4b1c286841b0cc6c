"""What hangs on a map or a plexus, read back: transition zones, neighbouring roots, other first answers."""

from dermarules.notation import State
from dermarules.questions.robustness import FirstAnswer
from tests.told.held import Held, any_of, need, same, slots
from tests.told.outline import Line
from tests.told.words import bare, ids, listed, read, small, word


def zone(held: Held, line: Line) -> None:
    """A transition zone in which a loss of the first answer lies."""
    told = slots("neighbours.zone", line.text)
    named = held.words.regions_of(small(told["skin"]))
    need(named, "no skin is named")
    assert named is not None
    regions, own = named[0], held.first.candidate.roots
    lost = {o.place[1] for o in held.first.explained if o.place[0] == "skin" and o.state is not State.PAIN}

    def check(name: str) -> None:
        known = held.knowledge.zones[name]
        need(same(told["advice"], known.advice) and regions == lost & set(known.regions), "it is another zone")
        others = [root for root in known.roots if root not in own]
        need(set(own) & set(known.roots), "the first answer is none of its roots")
        need(
            any(
                [(read("neighbours.neighbour", i) or read("neighbours.other", i) or {}).get("root") for i in items]
                == others
                for items in listed(told["roots"], "words.or")
            ),
            f"its other roots are {others}",
        )
        held.grounds(line, [f"zones/{name}"], drafts=[f"zones/{name}"])

    any_of(held.knowledge.zones, check)


def skin_alone(held: Held, line: Line) -> None:
    """A neighbouring root, where nothing but skin speaks for the first."""
    near = slots("neighbours.skin_alone", line.text)["root"]
    need(near in held.knowledge.roots, "it is no root")
    need({o.place[0] for o in held.first.explained} == {"skin"}, "power or a reflex speaks for the first")
    facts = [f"dermatomes/{root}/{held.report.map}" for root in (*held.first.candidate.roots, near)]
    held.grounds(line, facts, drafts=[*facts, "weights"])


def on_maps(held: Held, line: Line) -> None:
    """The first answer on the other maps."""
    told = read("robustness.maps_all", line.text) or slots("robustness.maps_some", line.text)
    found = [each for each in held.report.robustness if each.variant is None]
    others = [each for each in found if not (each.is_same and each.has_ground)]
    need(held.is_named(told["place"], held.report.differential[0].localization), "it is not the first localization")
    need(int(told["n"]) == len(found) - len(others), f"it is so on {len(found) - len(others)} maps")
    need(int(told.get("all", told["n"])) == len(found), f"there are {len(found)} maps")
    titles = {bare(f'"{each.title.partition(" (")[0]}"'): [each.id] for each in held.knowledge.maps.values()}
    said: dict[str, str] = {}
    for part in told["others"].removeprefix("; ").split("; ") if "others" in told else ():
        on = slots("robustness.on_maps", f"; {part}")
        said |= dict.fromkeys(ids(on["maps"], "words.and", titles), on["place"])
    need(set(said) == {each.map for each in others}, f"{len(others)} maps say otherwise")
    for each in others:
        place = said[each.map]
        need((place == word("robustness.nothing")) is not each.has_ground, f"{each.map} has something to go by, or not")
        need(not each.has_ground or _is_first(held, place, each), f"it is {each.localization} on {each.map}")
    facts = [tag.partition(": ")[0] for tag in line.tags]
    need(sorted(facts) == sorted(f"dermatome_maps/{each.map}" for each in others), "these maps say otherwise")
    held.grounds(line, facts, drafts=[f"dermatome_maps/{name}" for name in held.knowledge.maps])


def _is_first(held: Held, text: str, each: FirstAnswer) -> bool:
    """True if a text names a first answer: its side is told where it is another one."""
    own = held.report.differential[0].side
    return held.is_named(text, each.localization, None if each.side == own else each.side)


def in_variants(held: Held, line: Line) -> None:
    """The first answer with other plexuses."""
    found = [each for each in held.report.robustness if each.variant is not None]
    changed = {each.variant or "": each for each in found if not each.is_same}
    said: dict[str, str] = {}
    for number, part in enumerate(small(line.text).removesuffix(".").split("; ")):
        if part in (word("robustness.with_others"), word("robustness.with_all")):
            need((part == word("robustness.with_all")) is (number == 0), "another one is named before, or none is")
            need(len(changed) < len(found), "with every plexus it is another one")
        else:
            slots("robustness.with_variant", part)
            said |= _with_variant(held, part)
    need(set(said) == set(changed), f"it is another one with {list(changed)}")
    for name, each in changed.items():
        need(_is_first(held, said[name], each), f"it is {each.localization} with {name}")
    facts = [tag.partition(": ")[0] for tag in line.tags]
    need(sorted(facts) == sorted(f"plexus_variants/{name}" for name in changed), "these say otherwise")
    held.grounds(line, facts, drafts=[f"plexus_variants/{each.variant}" for each in found])


def _with_variant(held: Held, part: str) -> dict[str, str]:
    """What is said to be first with each plexus: `with a prefixed plexus or a postfixed plexus, the L4 root`."""
    template = word("robustness.with_variant")
    lead, between = template.partition("{variants}")[0], template.partition("{variants}")[2].partition("{place}")[0]
    names = {
        f"{article} {small(each.name)}": [each.id]
        for each in held.knowledge.plexus_variants.values()
        for article in ("a", "an")
    }
    said = part.removeprefix(lead)
    # The longest list: a place is no plexus.
    cuts = [at for at in reversed(range(len(said))) if said.startswith(between, at)]
    readings = ((ids(said[:cut], "words.or", names), said[cut + len(between) :]) for cut in cuts)
    return next((dict.fromkeys(ids, place) for ids, place in readings if ids), {})


LINES = (zone, skin_alone, on_maps, in_variants)
