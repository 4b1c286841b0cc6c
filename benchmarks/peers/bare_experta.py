"""experta as a user of experta alone would write it: a rule for each ground rule, a fact for each claim."""

import logging
from collections.abc import Callable, Sequence

from ground import Ask, GroundRules

# The repair of experta on this Python: nothing else of it is used here.
from dermarules.inference import experta_engine as _repaired  # noqa: F401  # isort: skip
from experta import NOT, Fact, KnowledgeEngine, Rule

NAME = "bare experta"
PACKAGE = "experta"
NOTE = "one rule for each ground rule, one fact for each claim, salience for the strata; reset, declare, run, read"


class Holds(Fact):
    """A claim that holds: `n` is its number."""


def load(rules: GroundRules) -> Ask:
    """An engine with every rule."""
    logging.getLogger("experta").setLevel(logging.WARNING)
    written = {
        f"rule_{number}": Rule(
            *(Holds(n=claim) for claim in rule.body),
            *(NOT(Holds(n=claim)) for claim in rule.unless),
            salience=-rule.stratum,
        )(_declares(rule.head))
        for number, rule in enumerate(rules.rules)
    }
    engine = type("Bare", (KnowledgeEngine,), written)()

    def ask(given: Sequence[int]) -> set[int]:
        engine.reset()
        for claim in given:
            engine.declare(Holds(n=claim))
        engine.run()
        return {fact["n"] for fact in engine.facts.values() if isinstance(fact, Holds)}.difference(given)

    return ask


def _declares(head: int) -> Callable[[KnowledgeEngine], None]:
    def fire(self: KnowledgeEngine) -> None:
        self.declare(Holds(n=head))

    return fire
