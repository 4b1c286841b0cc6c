"""zen-engine: an expression for each claim, in an order in which each uses only what stands above it.

A decision graph runs forward once and has no chaining, so the order is made here. That can be done because no ground
rule depends on itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import zen
from ground import Ask, GroundRule, GroundRules

NAME = "zen-engine"
PACKAGE = "zen-engine"
NOTE = "one expression for each claim, put in order beforehand; evaluate, read what is true"


def load(rules: GroundRules) -> Ask:
    """A decision with every rule."""
    by_head: dict[int, list[GroundRule]] = {}
    for rule in rules.rules:
        by_head.setdefault(rule.head, []).append(rule)
    expressions = [
        {"id": f"c{head}", "key": f"c{head}", "value": " or ".join(_written(rule, by_head) for rule in by_head[head])}
        for head in _in_order(by_head)
    ]
    nodes = [
        _node("in", "inputNode", {}),
        _node("rules", "expressionNode", {"expressions": expressions}),
        _node("out", "outputNode", {}),
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    keys = {f"c{head}": head for head in by_head}

    def ask(given: Sequence[int]) -> set[int]:
        found = decision.evaluate({f"c{claim}": True for claim in given})["result"]
        return {keys[key] for key, holds in found.items() if holds}

    return ask


def _node(name: str, kind: str, content: Mapping[str, object]) -> dict[str, object]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}


def _written(rule: GroundRule, by_head: Mapping[int, object]) -> str:
    def claim(number: int) -> str:
        return f"$.c{number}" if number in by_head else f"c{number}"

    parts = [*(f"{claim(n)} == true" for n in rule.body), *(f"{claim(n)} != true" for n in rule.unless)]
    return f"({' and '.join(parts)})"


def _in_order(by_head: Mapping[int, Sequence[GroundRule]]) -> Iterator[int]:
    """The heads, each after those that it depends on."""
    done: set[int] = set()

    def visit(head: int) -> Iterator[int]:
        if head in done or head not in by_head:
            return
        done.add(head)
        for rule in by_head[head]:
            for claim in (*rule.body, *rule.unless):
                yield from visit(claim)
        yield head

    for head in by_head:
        yield from visit(head)
