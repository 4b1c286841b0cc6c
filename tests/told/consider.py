"""Conditions and discs to consider, read back with their codes."""

from dermarules.questions.suggestions import ConditionSuggestion
from tests.told.held import Held, any_of, attempt, is_word, need, same, slots
from tests.told.outline import Line
from tests.told.words import joined, listed, word


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
        f"{disc.name} {joined([word(f'consider.{place}') for place in disc.places])}{_codes(disc.icd10cm, disc.hpo)}"
        for disc in discs
    ]
    need(tuple(known) in listed(said, "words.or"), f"the discs are {known}")
    facts = [f"disc_levels/{disc.level}" for disc in discs]
    held.grounds(line, [discs[0].claims[0].subject, *facts], discs[0].claims, facts)


def _codes(icd10cm: str | None, hpo: str | None) -> str:
    codes = [part for part in (f"ICD-10-CM {icd10cm}" if icd10cm else "", hpo or "") if part]
    return f" ({', '.join(codes)})" if codes else ""
