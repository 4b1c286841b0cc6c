"""clingo: a rule of answer set programming for each ground rule; the leaves are external atoms.

The program is stratified, so it has one answer set, and that is the claims that follow.
"""

from collections.abc import Sequence

import clingo
from ground import Ask, GroundRule, GroundRules

NAME = "clingo"
PACKAGE = "clingo"
# What holds is shown as bare numbers: that is read twice as quickly as atoms.
SHOWN = "#show. #show N : h(N)."
NOTE = "grounded once, leaves as external atoms; set them, solve, read the answer set, unset them"


def load(rules: GroundRules) -> Ask:
    """A control with every rule, grounded."""
    control = clingo.Control(["--warn=none"])
    leaves = sorted(rules.numbers[claim] for claim in rules.leaves)
    control.add(
        "base", [], "\n".join([*(f"#external h({leaf})." for leaf in leaves), *map(_written, rules.rules), SHOWN])
    )
    control.ground([("base", [])])
    atoms = control.symbolic_atoms.by_signature("h", 1)
    literals = {atom.symbol.arguments[0].number: atom.literal for atom in atoms}

    def ask(given: Sequence[int]) -> set[int]:
        for claim in given:
            control.assign_external(literals[claim], True)
        with control.solve(yield_=True) as handle:
            model = handle.model()
            assert model is not None
            holds = {symbol.number for symbol in model.symbols(shown=True)}
        for claim in given:
            control.assign_external(literals[claim], False)
        return holds.difference(given)

    return ask


def _written(rule: GroundRule) -> str:
    body = [*(f"h({claim})" for claim in rule.body), *(f"not h({claim})" for claim in rule.unless)]
    return f"h({rule.head}) :- {', '.join(body)}."
