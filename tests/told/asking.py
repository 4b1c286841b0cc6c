"""What was not asked, and the small print, read back."""

from collections.abc import Sequence

from dermarules.questions.ask import Question
from dermarules.vocabulary import Feeling
from tests.told.held import Held, NotReadError, any_of, is_word, need, same, slots
from tests.told.outline import Line
from tests.told.words import listed, read, word

_TOLD = 5
_DIGEST = 12
_ADULT = 18


def question(held: Held, line: Line) -> None:
    """A question that open red flags wait for, with the urgency that they would have."""
    found = [each for each in held.report.questions if same(line.text, words(held, each))]
    if not found:
        raise NotReadError(f"'{line.text}' is no question that a red flag waits for")

    def check(each: Question) -> None:
        need(len(line.tags) == 1, "it says for which red flags")
        said = read("asking.urgency", line.tags[0]) if each.urgency else {"flags": line.tags[0]}
        need(said, "it says how urgent that would be")
        assert said is not None
        if each.urgency:
            need(held.words.urgencies.get(said["urgency"]) is each.urgency, f"it would be {each.urgency.value}")
        need(
            any(
                _flags(items) == each.flags[: len(_flags(items))] and _count(items) == len(each.flags)
                for items in listed(said["flags"])
            ),
            f"{each.flags} wait for it",
        )
        waiting = {flag.id for flag in held.report.red_flags.open if each.about in flag.ask}
        need(set(each.flags) == waiting, "other red flags wait for it")
        need(not (line.under or line.places or line.is_draft), "nothing else is told of it")

    any_of(found, check)


def words(held: Held, question: Question) -> str:
    """A question as a page puts it: what is felt has a longer name there, unless the history asks for it."""
    if question.about not in held.knowledge.history and question.about in [feeling.value for feeling in Feeling]:
        return word("asks.felt").replace("{felt}", word(f"phrases.feels_{question.about}"))
    return " ".join(question.words.split())


def _more(items: Sequence[str]) -> int:
    found = read("words.more", items[-1])
    return int(found["n"]) if found else 0


def _flags(items: Sequence[str]) -> tuple[str, ...]:
    names = items[:-1] if _more(items) else items
    return tuple(name.removeprefix("red_flags/") for name in names)


def _count(items: Sequence[str]) -> int:
    return len(_flags(items)) + _more(items)


def further(held: Held, line: Line) -> None:
    """How many further questions there are."""
    more = int(slots("asking.further", line.text)["n"])
    need(more == len(held.report.questions) - _TOLD, f"there are {len(held.report.questions)} questions")
    held.is_plain(line)


def nothing(held: Held, line: Line) -> None:
    """That no red flag waits for an answer, or only for what is not asked at the bedside."""
    is_open = bool(held.report.red_flags.open)
    is_word("asking.examination" if is_open else "asking.nothing", line.text)
    need(not held.report.questions, "there are questions")
    held.is_plain(line)


def foot(held: Held, lines: Sequence[str], key: str) -> list[str]:
    """What of the small print does not hold."""
    knowledge, age = held.knowledge, held.report.case.age
    faults = []
    first = read(key, lines[0]) if lines else None
    own = {
        "map": held.report.map,
        "version": knowledge.version,
        "digest": knowledge.digest[:_DIGEST],
        "engine": held.report.engine,
    }
    if first is None or any(own[name] != said for name, said in first.items()):
        faults.append("it was made under another map or knowledge")
    minor = [word("page.adults")] if age is not None and age < _ADULT else []
    if list(lines[1:]) != [*minor, word("page.not_a_device")]:
        faults.append("its limits are others")
    return faults


def head(held: Held, lines: Sequence[str], title: str) -> list[str]:
    """What of the first two lines does not hold."""
    case = held.report.case
    faults = [] if lines[0] == title else [f"the title is '{title}'"]
    if not lines[1].startswith(case.id):
        return [*faults, f"the case is {case.id}"]
    rest = lines[1].removeprefix(case.id).removeprefix(", ")
    sexes = {word(f"page.sex_{sex}"): sex for sex in ("male", "female")}
    for part in rest.split(", ") if rest else ():
        years = read("page.years", part)
        if years and case.age is not None and f"{case.age:g}" == years["age"]:
            continue
        if sexes.get(part, part) not in (case.sex, case.location.file):
            faults.append(f"'{part}' is not told of the patient")
    return faults


LINES = (question, further, nothing)
