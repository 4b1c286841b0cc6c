"""Where the lesion is, read back: how clearly, at which site, on which map, what would decide, the differential."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from dermarules.inference.weigh import Weighing
from dermarules.notation import Place, State
from dermarules.questions.along import ElsewhereAlong
from dermarules.questions.ask import Examination
from dermarules.questions.differential import Localization
from dermarules.questions.robustness import FirstAnswer
from dermarules.questions.suggestions import ConditionSuggestion
from dermarules.vocabulary import Certainty, Side
from tests.told.held import Held, NotReadError, any_of, attempt, is_word, need, same, slots
from tests.told.key_points import key_points
from tests.told.outline import Line, Part
from tests.told.words import bare, listed, read, small, word

_NOTHING = "nothing_to_localize"
_TABLES = {"skin": "regions", "movement": "movements", "reflex": "reflexes", "muscle": "muscles"}


def title(held: Held, part: Part) -> None:
    """The first localization."""
    need(held.names(slots("place.title", part.title)["place"], held.first), "it is not the first localization")


def weighing_of(held: Held, entry: Localization) -> Weighing:
    """The weighing that an entry of the differential shows."""
    return next(r.weighing for r in held.report.inference.ranked if r.weighing.claim == entry.claim)


def nowhere(held: Held, line: Line) -> None:
    """Why there is nothing to localize."""
    seen = [claim.subject.split(" ")[0] for claim in held.proof if claim.predicate == "seen"]
    abnormal = {State.DEFICIT.value, State.FELT.value} & set(seen) or held.report.inference.evidence.neurological
    why = {
        "place.not_one_place": abnormal,
        "place.pain_alone": not abnormal and State.PAIN.value in seen,
        "place.nothing": not abnormal and State.PAIN.value not in seen,
    }
    keys = [key for key in why if word(key) == line.text]
    if not keys:
        raise NotReadError("says not why nothing is localized")
    need(held.first.candidate.localization == _NOTHING and why[keys[0]], "that is not so")
    held.grounds(line)


def certainty(held: Held, line: Line) -> None:
    """How clearly the first localization stands, and ahead of which rival."""
    for sure in Certainty:
        told = read(f"place.{sure.value}_alone", line.text) or read(f"place.{sure.value}", line.text)
        if told is None:
            continue
        need(held.report.differential[0].certainty is sure, f"it is {held.report.differential[0].certainty}")
        need(held.names(told["place"], held.first), "it is not the first localization")
        rival = held.report.inference.rival
        has_rival = rival is not None and rival.candidate.localization != _NOTHING
        if "rivals" in told:
            _rivals(held, told["rivals"])
        elif "rival" in told:
            need(has_rival and rival and held.names(told["rival"], rival), "it is not its rival")
        else:
            need(not has_rival, "it has a rival")
        held.grounds(line)
        return
    raise NotReadError("says not how clear it is")


def _rivals(held: Held, text: str) -> None:
    """The places that cannot be told from the first; if there is none near it, its rival."""
    near = [
        weighing_of(held, entry)
        for entry in held.report.differential[1:]
        if entry.certainty is Certainty.UNDECIDED and entry.localization != _NOTHING
    ]
    *names, last = text.split("; ")
    more = read("place.or_more", last)
    names = names if more else [*names, last]
    rival = held.report.inference.rival
    of = near or ([rival] if rival else [])
    need(len(of) == len(names) + (int(more["n"]) if more else 0), f"there are {len(of)} rivals")
    need(all(held.names(name, weighing) for name, weighing in zip(names, of, strict=False)), "they are not its rivals")


def one_site(held: Held, line: Line) -> None:
    """The site of the first localization, with its usual causes."""
    told = read("site.causes", line.text) or slots("site.one", line.text)
    first = held.report.differential[0]
    need(first.site and first.site in held.words.sites.get(bare(told["site"]), ()), f"its site is {first.site}")
    causes = held.knowledge.lesion_sites[first.site or ""].causes
    need(told.get("causes", "") in (_list(causes), ""), "its causes are others")
    held.grounds(line, [f"lesion_sites/{first.site}"], drafts=[f"lesion_sites/{first.site}"])


def several_sites(held: Held, line: Line) -> None:
    """Sites that the findings cannot tell apart."""
    told = read("site.or_whole", line.text) or slots("site.several", line.text)
    sites = [site for site in held.report.differential[0].sites if site in held.knowledge.lesion_sites]
    need(set(_ids(told["sites"], "words.or", held.words.sites)) == set(sites), f"they are {sites}")
    held.grounds(line, drafts=[f"lesion_sites/{site}" for site in sites])


def _list(items: Sequence[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def elsewhere(held: Held, line: Line) -> None:
    """Another place on the course of the nerve: what speaks against it, what would tell, or that nothing does."""
    for key in ("site.not_above", "site.not_below", "site.untellable", "site.telling"):
        told = read(key, line.text)
        if told is not None:
            any_of(held.report.elsewhere_along, partial(_elsewhere, held, line, key, told))
            return
    raise NotReadError("is no place along the nerve")


def _elsewhere(held: Held, line: Line, key: str, told: dict[str, str], other: ElsewhereAlong) -> None:
    need(_is_along(held, told["place"], other), "it is no place on the course of the nerve")
    held.grounds(line, other.candidate.facts)
    is_against = key in ("site.not_above", "site.not_below")
    need(bool(other.against) is is_against, "something speaks against it, or nothing does")
    if is_against:
        need(other.is_above is (key == "site.not_above"), "it is above, or below")
        held.row_lines(line.under, [o.claim for o in other.against])
        return
    need(not line.under and bool(other.telling) is (key == "site.telling"), "an examination tells it, or none does")
    if other.telling:
        names = [_examined(held, place) for place in other.telling[:3]]
        need(told["examinations"] == _list(names), "other examinations tell it")


def _is_along(held: Held, text: str, other: ElsewhereAlong) -> bool:
    """True if a text names a place on the course of a nerve."""
    candidate = other.candidate
    limited = read("site.fascicles", text)
    branches = [f"nerve {branch}" for branch in candidate.fascicles]
    if bool(limited) is not bool(branches):
        return False
    if limited and not any(
        len(items) == len(branches) and all(held.is_named(i, b) for i, b in zip(items, branches, strict=True))
        for items in listed(limited["branches"])
    ):
        return False
    where = limited["place"] if limited else text
    if candidate.site:
        at = read("site.at", where)
        return bool(
            at
            and held.is_named(at["place"], candidate.localization)
            and candidate.site in held.words.sites.get(bare(at["site"]), ())
        )
    of = read("site.of", where)
    return bool(of and held.is_named(of["place"], candidate.localization))


def _examined(held: Held, place: Place) -> str:
    kind, name = place
    key = {"skin": "site.skin", "movement": "site.power", "reflex": "site.reflex", "muscle": "site.muscle"}[kind]
    said = small(getattr(held.knowledge, _TABLES[kind])[name].name)
    template = word(key)
    return template[: template.index("{")] + said + template[template.index("}") + 1 :]


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
        said |= dict.fromkeys(_ids(on["maps"], "words.and", titles), on["place"])
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


def _ids(text: str, last: str, known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The ids of a list of names; none if it is no such list."""
    for items in listed(text, last):
        if all(bare(item) in known for item in items):
            return tuple(key for item in items for key in known[bare(item)])
    return ()


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
    readings = ((_ids(said[:cut], "words.or", names), said[cut + len(between) :]) for cut in cuts)
    return next((dict.fromkeys(ids, place) for ids, place in readings if ids), {})


def deciding(held: Held, line: Line) -> None:
    """The examinations that would tell the first answer from its rival, or confirm it."""
    told, rival = read("place.confirm", line.text) or slots("place.tell", line.text), held.report.inference.rival
    is_clear = held.report.differential[0].certainty is Certainty.CLEAR
    need((read("place.confirm", line.text) is not None) is is_clear, "it is to be confirmed, or to be told")
    need(rival and held.names(told["rival"], rival), "it is not its rival")
    held.grounds(line)
    need(0 < len(line.under) <= len(held.report.deciding), "so many examinations do not tell it")
    for under, examination in zip(line.under, held.report.deciding, strict=False):
        _examination(held, under, examination)


def _examination(held: Held, line: Line, examination: Examination) -> None:
    (kind, name), how = examination.place, examination.how
    said = line.text
    if how:
        template = word("place.how").replace("{said}", "").partition("{how}")[0]
        told, _, manner = said.partition(template)
        need(same(manner, how), f"it is examined otherwise: {how}")
        said = told
    key = "place.weak" if kind in ("movement", "muscle") else "place.reduced"
    found = slots(key, said)
    side = "" if examination.side in (Side.UNKNOWN, Side.NONE) else examination.side.value
    known = getattr(held.knowledge, _TABLES[kind])[name].name
    title = word("place.sensation").replace("{region}", known) if kind == "skin" else known
    need(
        (bare(title), side) in [(bare(text), told) for text, told in held.words.with_side(found["examination"])],
        f"what tells it is {name}, {side}",
    )
    need(
        held.is_named(found["abnormal"], examination.abnormal_favours),
        f"abnormal favours {examination.abnormal_favours}",
    )
    need(held.is_named(found["normal"], examination.normal_favours), f"normal favours {examination.normal_favours}")
    held.is_plain(line)


def consider(held: Held, line: Line) -> None:
    """Conditions and discs to consider."""
    is_word("consider.title", line.text)
    held.grounds(line)
    need(line.under, "there is something to consider")
    for under in line.under:
        attempt(held, under, (_discs, _condition))


def _condition(held: Held, line: Line) -> None:
    def check(one: ConditionSuggestion) -> None:
        need(same(line.text, held.knowledge.conditions[one.condition].name + _codes(one.icd10cm, one.hpo)), "it is not")
        wide = held.first.candidate.wide
        with_place = f"localizations/{wide.id}" if wide else f"conditions/{one.condition}"
        drafts = [f"conditions/{one.condition}"]
        held.grounds(line, [one.claims[0].subject if one.claims else with_place], one.claims[:1], drafts)
        need(not line.under, "nothing stands under it")

    any_of(held.report.suggestions.conditions, check)


def _discs(held: Held, line: Line) -> None:
    said, discs = slots("consider.discs", line.text)["discs"], held.report.suggestions.discs
    need(discs, "no disc is to be considered")
    known = [
        f"{disc.name} {_list([word(f'consider.{place}') for place in disc.places])}{_codes(disc.icd10cm, disc.hpo)}"
        for disc in discs
    ]
    need(tuple(known) in listed(said, "words.or"), f"the discs are {known}")
    facts = [f"disc_levels/{disc.level}" for disc in discs]
    held.grounds(line, [discs[0].claims[0].subject, *facts], discs[0].claims, facts)


def _codes(icd10cm: str | None, hpo: str | None) -> str:
    codes = [part for part in (f"ICD-10-CM {icd10cm}" if icd10cm else "", hpo or "") if part]
    return f" ({', '.join(codes)})" if codes else ""


_ROW = re.compile(r"(?P<rank>\d+)\. (?P<place>.+) (?P<total>-?\d+) (?P<counts>explains .+)")


def differential(held: Held, line: Line) -> None:
    """The order of the localizations, with their totals and what each explains, leaves and contradicts."""
    is_word("differential.title", line.text)
    held.grounds(line)
    need(len(line.under) == min(6, len(held.report.differential)), "it lists six, or all")
    for rank, (under, entry) in enumerate(zip(line.under, held.report.differential, strict=False), start=1):
        _row(held, under, rank, entry)


def _row(held: Held, line: Line, rank: int, entry: Localization) -> None:
    found = _ROW.fullmatch(line.text)
    need(found, "it is no row of the differential")
    assert found is not None
    weighing = weighing_of(held, entry)
    need(int(found["rank"]) == rank, f"its place is {rank}")
    need(held.names(found["place"], weighing), f"in place {rank} stands {entry}")
    need(int(found["total"]) == held.weighed(weighing).total, f"its total is {held.weighed(weighing).total}")
    told = read("differential.row_certain", found["counts"]) or slots("differential.row", found["counts"])
    counts = [len(held.observed(each)) for each in (entry.explains, entry.unexplained, entry.contradicted)]
    need([int(told[name]) for name in ("explains", "leaves", "contradicts")] == counts, f"it is {counts}")
    need(
        told.get("certainty", "") == (word(f"words.{entry.certainty.value}") if entry.certainty else ""),
        "not so certain",
    )
    held.is_plain(line)


LINES = (
    nowhere,
    certainty,
    one_site,
    several_sites,
    elsewhere,
    zone,
    skin_alone,
    on_maps,
    in_variants,
    deciding,
    consider,
    key_points,
    differential,
)
