"""Plain values to the types of the knowledge: strict, with every misfit and its path."""

from collections.abc import Callable, Mapping
from collections.abc import Mapping as AbstractMapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from cattrs import Converter

from dermarules.knowledgebase.conclusions import read_conclusions
from dermarules.knowledgebase.located import Step, is_list, is_mapping
from dermarules.knowledgebase.misfits import (
    Misfit,
    MisfitError,
    each,
    is_number,
    missing_field,
    one_of,
    unknown_field,
    wanted,
)
from dermarules.provenance import Location
from dermarules.rules import Conclusion, Condition

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]


def structure(value: Mapping[str, object], record: type[T]) -> T:
    """The record that a mapping states; MisfitError with everything that is wrong if it states none.

    Conditions and locations in it have been read before: they need the ids and the places of the whole knowledge.
    """
    return converter().structure(value, record)


@cache
def converter() -> Converter:
    """The converter of the knowledge, made once."""
    return _made()


def reader(read_as: Mapping[Any, Callable[[Any], Any]]) -> Callable[[Any, Any], Any]:
    """Makes the records that values of other files than the knowledge state, with own ways to read some types."""
    made = _made()
    made.register_structure_hook(Location, _record_hook(made, Location))
    for kind, read in read_as.items():
        made.register_structure_hook(kind, partial(_by, read))
    return made.structure


def _by(read: Callable[[Any], Any], value: Any, _: Any) -> Any:
    return read(value)


def _made() -> Converter:
    """A converter that is strict.

    Its hooks collect every misfit with its path. Those that cattrs would write itself for each type name the path too,
    but take a tenth of a second to compile when a program starts.
    """
    made = Converter(detailed_validation=False)
    made.register_structure_hook_factory(is_dataclass, lambda record: _record_hook(made, record))
    made.register_structure_hook_factory(_is_named_tuple, lambda record: _record_hook(made, record))
    made.register_structure_hook_factory(_is_list_type, lambda kind: _list_hook(made, kind))
    made.register_structure_hook_factory(_is_mapping_type, lambda kind: _mapping_hook(made, kind))
    made.register_structure_hook_factory(_is_enum, _word_hook)
    made.register_structure_hook(str, _text)
    made.register_structure_hook(bool, _truth)
    made.register_structure_hook(int, _whole_number)
    made.register_structure_hook(float, _number)
    made.register_structure_hook_func(lambda kind: kind is object, lambda value, _: plain(value))
    made.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
    made.register_structure_hook_func(
        lambda kind: kind == tuple[Conclusion, ...], lambda value, _: read_conclusions(value)
    )
    made.register_structure_hook_func(lambda kind: kind in (Condition, Condition | None), _already_read)
    made.register_structure_hook(Location, _already_read)
    return made


def plain(value: object) -> object:
    """A copy without places."""
    if is_mapping(value):
        return {key: plain(inner) for key, inner in value.items()}
    return tuple(plain(inner) for inner in value) if is_list(value) else value


def _record_hook(made: Converter, record: Any) -> Hook:
    kinds = get_type_hints(record)
    needed = _needed(record)
    names = [name for name in kinds if name != "location"]
    # Found when first needed: to find the hook of a type for each value takes longer than to read the value.
    hooks: dict[object, Hook] = {}

    def hook(value: Any, _: Any) -> Any:
        if not is_mapping(value):
            raise MisfitError(wanted("a mapping", value))
        misfits = [missing_field(name) for name in needed if name not in value]
        arguments = {}
        for key, inner in value.items():
            if key not in kinds:
                misfits.append(unknown_field(cast(Step, key), names))
                continue
            if key not in hooks:
                hooks[key] = made.get_structure_hook(kinds[key])
            try:
                arguments[key] = hooks[key](inner, kinds[key])
            except MisfitError as error:
                misfits.extend(misfit.under(key) for misfit in error.misfits)
        if misfits:
            raise MisfitError(*misfits)
        return record(**arguments)

    return hook


def _needed(record: Any) -> list[str]:
    if _is_named_tuple(record):
        return [name for name in record._fields if name not in record._field_defaults]
    return [f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING]


def _is_named_tuple(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "_field_defaults")


def _list_hook(made: Converter, kind: Any) -> Hook:
    item = get_args(kind)[0]

    def hook(value: Any, _: Any) -> Any:
        if not is_list(value):
            raise MisfitError(wanted("a list", value))
        read = made.get_structure_hook(item)
        return each(value, lambda inner: read(inner, item))

    return hook


def _mapping_hook(made: Converter, kind: Any) -> Hook:
    key_type, value_type = get_args(kind)

    def hook(value: Any, _: Any) -> Any:
        if not is_mapping(value):
            raise MisfitError(wanted("a mapping", value))
        read_key, read = made.get_structure_hook(key_type), made.get_structure_hook(value_type)
        found: dict[Any, Any] = {}
        misfits: list[Misfit] = []
        for key, inner in value.items():
            try:
                found[read_key(key, key_type)] = read(inner, value_type)
            except MisfitError as error:
                misfits.extend(misfit.under(cast(Step, key)) for misfit in error.misfits)
        if misfits:
            raise MisfitError(*misfits)
        return found

    return hook


def _word_hook(words: Any) -> Hook:
    by_word = {member.value: member for member in words}
    what = words.__name__.lower()

    def hook(value: Any, _: Any) -> Any:
        if isinstance(value, str) and value in by_word:
            return by_word[value]
        raise MisfitError(Misfit(one_of(what, value, list(by_word))))

    return hook


def _is_list_type(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_mapping_type(kind: Any) -> bool:
    return get_origin(kind) in (dict, AbstractMapping)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _text(value: Any, _: Any) -> str:
    if type(value) is str:
        return value
    raise MisfitError(wanted("text", value))


def _texts(value: Any, _: Any) -> tuple[str, ...]:
    if not is_list(value):
        raise MisfitError(wanted("a list", value))
    misfits = [wanted("text", item).under(index) for index, item in enumerate(value) if type(item) is not str]
    if misfits:
        raise MisfitError(*misfits)
    return cast(tuple[str, ...], tuple(value))


def _truth(value: Any, _: Any) -> bool:
    if type(value) is bool:
        return value
    raise MisfitError(wanted("true or false", value))


def _whole_number(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    raise MisfitError(wanted("a whole number", value))


def _number(value: Any, _: Any) -> float:
    if is_number(value):
        return float(value)
    raise MisfitError(wanted("a number", value))


def _already_read(value: Any, _: Any) -> Any:
    return value
