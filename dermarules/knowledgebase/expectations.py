"""What a case should lead to, read from the `expect` of a case."""

from collections.abc import Iterator, Mapping

from dermarules.findings import Expectation
from dermarules.knowledgebase.located import is_list, is_mapping, shown
from dermarules.knowledgebase.misfits import Misfit, MisfitError, one_of, wanted
from dermarules.knowledgebase.register import Register
from dermarules.knowledgebase.structure import structure
from dermarules.knowledgebase.targets import expected_misfit

_LISTS = ("localization", "also_accept", "red_flags", "below", "because", "silent")
_SIDES = ("left", "right", "both", "unknown", "none")
_KINDS = {"red_flags": "red flag", "because": "rule or red flag", "silent": "rule or red flag"}
# Told for people, and not checked.
_UNCHECKED = "condition"


def read_expectation(value: object, register: Register) -> Expectation:
    """The expectation that a value states; MisfitError if it states none. A key that is null is as good as absent."""
    if not is_mapping(value):
        raise MisfitError(wanted("a mapping", value))
    given = {shown(key): inner for key, inner in value.items() if inner is not None and key != _UNCHECKED}
    for name in _LISTS:
        if isinstance(given.get(name), str):
            given[name] = [given[name]]
    misfits = list(_id_misfits(given, value, register))
    try:
        expectation = structure(given, Expectation)
    except MisfitError as error:
        misfits.extend(error.misfits)
    if misfits:
        raise MisfitError(*misfits)
    return expectation


def _id_misfits(given: Mapping[str, object], value: Mapping[object, object], register: Register) -> Iterator[Misfit]:
    for name in _LISTS:
        names = given.get(name)
        for index, target in enumerate(names if is_list(names) else ()):
            if not isinstance(target, str):
                continue
            kind = _KINDS.get(name)
            message = register.misfit(kind, target) if kind else expected_misfit(register, target)
            if message:
                yield Misfit(message, (name, index) if is_list(value[name]) else (name,))
    if isinstance(given.get("site"), str) and register.misfit("lesion site", given["site"]):
        yield Misfit(register.misfit("lesion site", given["site"]), ("site",))
    if "side" in given and given["side"] not in _SIDES:
        yield Misfit(one_of("side", given["side"], _SIDES), ("side",))
