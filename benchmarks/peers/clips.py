"""CLIPS through clipspy: a defrule for each ground rule, salience for the strata.

Facts are asserted and read by two functions of CLIPS itself. One call from Python for each fact is slower, and grows
slower with every case, for clipspy then keeps what CLIPS would discard.
"""

from collections.abc import Sequence

import clips
from ground import Ask, GroundRules

NAME = "clipspy"
PACKAGE = "clipspy"
NOTE = "one defrule for each ground rule, salience for the strata; reset, assert in one call, run, read in one call"

# Reading gathers in short lists, for a list is copied whenever it grows.
GIVE = "(deffunction give ($?claims) (progn$ (?claim ?claims) (assert (holds (n ?claim)))) TRUE)"
TOLD = """(deftemplate holds (slot n))
(deffunction told ()
  (bind ?all (create$))
  (bind ?some (create$))
  (do-for-all-facts ((?fact holds)) TRUE
    (bind ?some (create$ ?some ?fact:n))
    (if (> (length$ ?some) 24) then (bind ?all (create$ ?all ?some)) (bind ?some (create$))))
  (create$ ?all ?some))"""


def load(rules: GroundRules) -> Ask:
    """An environment with every rule."""
    environment = clips.Environment()
    template, told = TOLD.split("\n", 1)
    for construct in (template, GIVE, told):
        environment.build(construct)
    for number, rule in enumerate(rules.rules):
        body = " ".join(f"(holds (n {claim}))" for claim in rule.body)
        unless = " ".join(f"(not (holds (n {claim})))" for claim in rule.unless)
        environment.build(
            f"(defrule rule_{number} (declare (salience {-rule.stratum})) {body} {unless}"
            f" => (assert (holds (n {rule.head}))))"
        )
    give, tell = environment.find_function("give"), environment.find_function("told")

    def ask(given: Sequence[int]) -> set[int]:
        environment.reset()
        give(*given)
        environment.run()
        return set(tell()).difference(given)

    return ask
