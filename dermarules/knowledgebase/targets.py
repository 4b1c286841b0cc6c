"""The words for what a rule speaks for, and for what a case expects: root L5, nerve tibial at tarsal_tunnel, brain."""

from collections.abc import Iterable

from dermarules.knowledgebase.misfits import unknown
from dermarules.knowledgebase.register import Names, Register

_CLASSES = ("root", "nerve", "plexus", "localization", "peripheral")
_OF_ONE_LEG = ("root", "nerve", "plexus", "peripheral")
_ANY_PLEXUS = "lumbosacral"


def target_misfit(register: Register, target: str) -> str:
    """Why a text names no target of a rule; empty if it names one."""
    head, _, rest = target.partition(" ")
    if head in ("localization", "peripheral"):
        return "" if rest == "any" else f"unknown target '{target}' (did you mean '{head} any'?)"
    return "" if head in _CLASSES and rest == "any" else site_misfit(register, target)


def is_of_one_leg(target: str) -> bool:
    """True if a target is a structure that each leg has; a wide localization is none, whatever it is reported as."""
    return target.partition(" ")[0] in _OF_ONE_LEG


def site_misfit(register: Register, target: str) -> str:
    """Why a text names no single structure; empty if it names one."""
    head, _, rest = target.partition(" ")
    match head:
        case "root":
            return register.misfit("root", rest)
        case "nerve":
            return _nerve_misfit(register, rest)
        case "plexus":
            return _misfit("plexus", rest, {**register.plexuses, _ANY_PLEXUS: None})
        case _ if rest:
            return unknown("target", target, (*_CLASSES, *register.names["localization"]))
        case _:
            return _localization_misfit(register, target)


def expected_misfit(register: Register, target: str) -> str:
    """Why a text names no localization that a case may expect; empty if it names one."""
    head, _, rest = target.partition(" ")
    if target in _UNDECIDED:
        return ""
    if head == "roots":
        bounds = rest.split("-")
        misfits = [register.misfit("root", bound) for bound in bounds]
        if len(bounds) != 2 and not any(misfits):
            return f"'{target}' is no range of roots; write roots L5-S1"
        return next(filter(None, misfits), "")
    return site_misfit(register, target)


# What a source may leave open: which root, which roots, brain or cord; or that nothing is to be localized.
_UNDECIDED = ("root unspecified", "roots unspecified", "upper_motor_neuron", "not_neurological")


def _nerve_misfit(register: Register, rest: str) -> str:
    nerve, at, site = rest.partition(" at ")
    misfit = register.misfit("nerve", nerve)
    if misfit or not at:
        return misfit
    sites = register.sites_of.get(nerve, frozenset())
    if register.misfit("lesion site", site):
        return register.misfit("lesion site", site)
    return "" if site in sites else f"the nerve {nerve} has no lesion site {site}; it has {_listed(sites)}"


def _localization_misfit(register: Register, target: str) -> str:
    if not register.misfit("localization", target):
        return ""
    names = register.names
    readings: Iterable[str] = (
        *names["localization"],
        *(f"root {name}" for name in names["root"]),
        *(f"nerve {name}" for name in names["nerve"]),
        *(f"plexus {name}" for name in register.plexuses),
    )
    for head, known in (("root", names["root"]), ("nerve", names["nerve"]), ("plexus", register.plexuses)):
        if target in known:
            return f"unknown target '{target}' (did you mean '{head} {target}'?)"
    return unknown("target", target, readings)


def _misfit(kind: str, name: str, names: Names) -> str:
    return "" if name in names else unknown(kind, name, names)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
