"""The site of the lesion, read back: the sites that fit, and other places on the course of the nerve."""

from functools import partial

from dermarules.notation import Place
from dermarules.questions.along import ElsewhereAlong
from tests.told.held import Held, NotReadError, any_of, need, slots
from tests.told.outline import Line
from tests.told.words import TABLES, bare, ids, joined, listed, read, small, word


def one_site(held: Held, line: Line) -> None:
    """The site of the first localization, with its usual causes."""
    told = read("site.causes", line.text) or slots("site.one", line.text)
    first = held.report.differential[0]
    need(first.site and first.site in held.words.sites.get(bare(told["site"]), ()), f"its site is {first.site}")
    causes = held.knowledge.lesion_sites[first.site or ""].causes
    need(told.get("causes", "") in (joined(causes), ""), "its causes are others")
    held.grounds(line, [f"lesion_sites/{first.site}"], drafts=[f"lesion_sites/{first.site}"])


def several_sites(held: Held, line: Line) -> None:
    """Sites that the findings cannot tell apart."""
    told = read("site.or_whole", line.text) or slots("site.several", line.text)
    sites = [site for site in held.report.differential[0].sites if site in held.knowledge.lesion_sites]
    need(set(ids(told["sites"], "words.or", held.words.sites)) == set(sites), f"they are {sites}")
    held.grounds(line, drafts=[f"lesion_sites/{site}" for site in sites])


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
        need(told["examinations"] == joined(names), "other examinations tell it")


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
    said = small(getattr(held.knowledge, TABLES[kind])[name].name)
    template = word(key)
    return template[: template.index("{")] + said + template[template.index("}") + 1 :]


LINES = (one_site, several_sites, elsewhere)
