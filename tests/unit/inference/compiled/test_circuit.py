"""Circuits: few planes, and the bits that a reader would expect, however wide the table."""

from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermarules.inference.compiled import machine
from dermarules.inference.compiled.circuit import ALWAYS, NEVER, Circuit, Some
from dermarules.inference.compiled.products import Products
from dermarules.inference.compiled.steps import steps_to

NAMES = "abcdef"
# A formula by its circuit and by its truth in one case.
Formula = tuple[Callable[[Circuit], int], Callable[[Mapping[str, bool]], bool]]


def _input(name: str) -> Formula:
    return lambda circuit: circuit.input(name), lambda case: case[name]


def _both(parts: list[Formula]) -> Formula:
    return lambda c: c.both(made(c) for made, _ in parts), lambda case: all(holds(case) for _, holds in parts)


def _one(parts: list[Formula]) -> Formula:
    return lambda c: c.one(made(c) for made, _ in parts), lambda case: any(holds(case) for _, holds in parts)


def _without(parts: tuple[Formula, Formula]) -> Formula:
    (first, is_first), (other, is_other) = parts
    return lambda c: c.without(first(c), other(c)), lambda case: is_first(case) and not is_other(case)


CONSTANTS: list[Formula] = [(lambda _: NEVER, lambda _: False), (lambda _: ALWAYS, lambda _: True)]
FORMULAS = st.recursive(
    st.sampled_from([*map(_input, NAMES), *CONSTANTS]),
    lambda part: (
        st.lists(part, max_size=4).map(_both)
        | st.lists(part, max_size=4).map(_one)
        | st.tuples(part, part).map(_without)
    ),
    max_leaves=25,
)


@given(formulas=st.lists(FORMULAS, min_size=1, max_size=6), words=st.sampled_from([1, 3, 70]), seed=st.integers(0, 99))
def test_machine_finds_the_truth_of_every_formula_in_every_case(formulas: list[Formula], words: int, seed: int) -> None:
    circuit = Circuit()
    steps = steps_to(circuit, [made(circuit) for made, _ in formulas])
    inputs = np.random.default_rng(seed).integers(0, 2**64, (len(steps.keys), words), np.uint64)

    outputs = machine.run(steps, inputs)

    for row in (0, 17, words * 64 - 1):
        bits = inputs[:, row // 64] >> np.uint64(row % 64) & np.uint64(1)
        case = dict.fromkeys(NAMES, False) | {str(key): bool(bit) for key, bit in zip(steps.keys, bits, strict=True)}
        found = [bool(bit) for bit in outputs[:, row // 64] >> np.uint64(row % 64) & np.uint64(1)]
        assert found == [holds(case) for _, holds in formulas]


def test_steps_that_lead_to_nothing_wanted_are_left_out() -> None:
    circuit = Circuit()
    wanted = circuit.both(map(circuit.input, "ab"))
    circuit.one(map(circuit.input, "cd"))

    steps = steps_to(circuit, [wanted])

    assert (steps.keys, steps.program.shape[1]) == (("a", "b"), 1)


def test_places_are_filled_again_after_the_last_use() -> None:
    circuit = Circuit()
    plane = circuit.input("start")
    for number in range(100):
        plane = circuit.without(circuit.one((plane, circuit.input("a"))), circuit.input(f"b{number % 2}"))

    assert steps_to(circuit, [plane]).slots < 12


def test_wanted_planes_keep_their_places() -> None:
    circuit = Circuit()
    chain = [circuit.input("a")]
    for name in "bcdef":
        chain.append(circuit.without(chain[-1], circuit.input(name)))
    steps = steps_to(circuit, [*chain, chain[0], ALWAYS, NEVER])

    inputs = np.array([[int(str(key) in "ad")] for key in steps.keys], np.uint64)

    assert [int(word) & 1 for word in machine.run(steps, inputs)[:, 0]] == [1, 1, 1, 0, 0, 0, 1, 1, 0]


def test_input_that_is_not_given_is_never_set() -> None:
    circuit = Circuit({"a", "b"})

    assert circuit.input("c") == NEVER
    assert circuit.some("cd") == NEVER
    assert circuit.some("ac") == circuit.input("a")
    assert circuit.some("abc") == circuit.some("ab")
    assert list(circuit.inputs) == ["a", Some(frozenset("ab"))]


@given(products=st.lists(st.frozensets(st.sampled_from(NAMES), max_size=4), max_size=8))
def test_factored_products_hold_where_one_of_them_does(products: list[frozenset[str]]) -> None:
    circuit = Circuit()
    planes = Products(circuit).one_of([circuit.input(name) for name in product] for product in products)
    steps = steps_to(circuit, [planes])
    numbers = np.arange(64, dtype=np.uint64)
    inputs = np.array(
        [[sum(1 << int(n) for n in numbers if int(n) >> NAMES.index(str(key)) & 1)] for key in steps.keys], np.uint64
    ).reshape(len(steps.keys), 1)

    (word,) = machine.run(steps, inputs)[:, 0]

    for number in range(64):
        held = {name for place, name in enumerate(NAMES) if number >> place & 1}
        assert bool(int(word) >> number & 1) == any(product <= held for product in products)


@pytest.mark.parametrize(("needed", "of"), [(2, 6), (3, 6)])
def test_at_least_so_many_of_several_takes_a_table_of_counts(needed: int, of: int) -> None:
    circuit = Circuit()
    planes = [circuit.input(name) for name in NAMES[:of]]

    Products(circuit).one_of(combinations(planes, needed))

    assert len(circuit.steps) <= 2 * needed * of
