"""Small tables of what follows of which leg: what a base gets wrong, as written or in the mirror."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from dermarules.inference.experta_engine import derive
from dermarules.inference.infer import Inference, infer
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.proof import Claim
from dermarules.questions.differential import differential
from tests.laterality.mirror import swapped

Row = Mapping[str, Any]

LEGS: list[Row] = yaml.safe_load((Path(__file__).parent / "legs.yaml").read_text(encoding="utf-8"))


def wrong(row: Row, knowledge: Knowledge) -> list[str]:
    """What does not follow as the row says; empty if all does."""
    case = case_from_mapping({"id": "legs", "findings": row["given"]}, knowledge)
    found = infer(case, knowledge, "consensus", derive)
    first = str(differential(found, 0)[0])
    return [
        *(f"{claim} fails" for claim in row.get("holds", ()) if not _holds(claim, found)),
        *(f"{claim} holds" for claim in row.get("fails", ()) if _holds(claim, found)),
        *([f"first is {first}"] if row.get("first", first) != first else []),
    ]


def in_the_mirror(row: Row) -> Row:
    """The row with left and right exchanged."""
    image: Row = swapped(row)
    return image


def _holds(claim: str, found: Inference) -> bool:
    """True if a claim is proved; one that names no side, if it is proved on any."""
    subject, _, side = claim.partition(", ")
    if side:
        return Claim("true", subject, side) in found.proof
    return bool(found.proof.about("true", subject))
