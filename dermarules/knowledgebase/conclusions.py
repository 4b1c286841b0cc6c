"""What a rule concludes: one conclusion or a list of them."""

from collections.abc import Mapping

from dermarules.knowledgebase.located import is_list, is_mapping
from dermarules.knowledgebase.misfits import Misfit, MisfitError, each, missing_field, one_of, unknown_field, wanted
from dermarules.rules import Conclusion, Favours, Suspects
from dermarules.vocabulary import Strength

_FIELDS = {
    "favours": ("favours", "strength", "over"),
    "opposes": ("opposes", "strength"),
    "suspects": ("suspects",),
}
_STRENGTHS = [strength.value for strength in Strength]


def read_conclusions(value: object) -> tuple[Conclusion, ...]:
    """The conclusions that a value states; MisfitError if it states none."""
    if is_mapping(value):
        return (_conclusion(value),)
    if not is_list(value) or not value:
        raise MisfitError(wanted("a conclusion or a list of them", value))
    return each(value, _conclusion)


def _conclusion(value: object) -> Conclusion:
    if not is_mapping(value):
        raise MisfitError(wanted("a conclusion", value))
    verb = next((verb for verb in _FIELDS if verb in value), None)
    if verb is None:
        key = next((str(key) for key in value if key not in _FIELDS["favours"]), None)
        message = "a conclusion needs favours, opposes or suspects"
        raise MisfitError(Misfit(message) if key is None else unknown_field(key, _FIELDS))
    misfits = [unknown_field(str(key), _FIELDS[verb]) for key in value if key not in _FIELDS[verb]]
    if verb == "suspects":
        condition = value["suspects"]
        if not isinstance(condition, str):
            misfits.append(wanted("the id of a condition", condition).under("suspects"))
        if misfits:
            raise MisfitError(*misfits)
        return Suspects(str(condition))
    targets = _targets(value, verb, misfits)
    over = _targets(value, "over", misfits) if "over" in value else ()
    strength = _strength(value, misfits)
    if misfits or strength is None:
        raise MisfitError(*misfits)
    return Favours(targets, strength, verb == "opposes", over)


def _targets(value: Mapping[object, object], field: str, misfits: list[Misfit]) -> tuple[str, ...]:
    """One target or a list of them."""
    targets = value[field]
    if isinstance(targets, str):
        return (targets,)
    if not is_list(targets) or not targets:
        misfits.append(wanted("a target or a list of targets", targets).under(field))
        return ()
    misfits.extend(wanted("text", t).under(field, index) for index, t in enumerate(targets) if not isinstance(t, str))
    return tuple(str(target) for target in targets)


def _strength(value: Mapping[object, object], misfits: list[Misfit]) -> Strength | None:
    if "strength" not in value:
        misfits.append(missing_field("strength"))
        return None
    if value["strength"] in _STRENGTHS:
        return Strength(value["strength"])
    misfits.append(Misfit(one_of("strength", value["strength"], _STRENGTHS), ("strength",)))
    return None
