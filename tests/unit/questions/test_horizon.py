"""Bits, and how many tests are needed on the worst path: checked against every other order of testing."""

from random import Random

import pytest

from dermarules.questions.horizon import Horizon, Model, Weights, greedy

# Four answers, and two tests that halve them.
HALVING = Model((0, 1, 2, 3), ((1.0, 1.0, 0.0, 0.0), (1.0, 0.0, 1.0, 0.0), (1.0, 0.0, 0.0, 0.0)), 2.0)
EVEN = (0.25, 0.25, 0.25, 0.25)


def best_worst(model: Model, weights: Weights, limit: int, done: frozenset[int] = frozenset()) -> int:
    """The fewest tests on the worst path, over all orders; more than the limit if it is not reached."""
    if model.is_decided(weights):
        return 0
    left = [test for test in range(len(model.chances)) if test not in done]
    if not left or not limit:
        return limit + 1
    return 1 + min(
        max(best_worst(model, w, limit - 1, done | {test}) for w in model.outcomes(weights, test) if sum(w))
        for test in left
    )


def best_expected(model: Model, weights: Weights, limit: int, done: frozenset[int] = frozenset()) -> float:
    """The fewest tests on average, over all orders; what is not decided at the limit counts no more."""
    if model.is_decided(weights):
        return 0.0
    left = [test for test in range(len(model.chances)) if test not in done]
    if not left or not limit:
        return 0.0
    total = sum(weights)
    return 1 + min(
        sum(
            sum(w) / total * best_expected(model, w, limit - 1, done | {test})
            for w in model.outcomes(weights, test)
            if sum(w)
        )
        for test in left
    )


def small_model(number: int) -> tuple[Model, Weights]:
    """Four answers and five tests, each of which nearly shows some of them."""
    random = Random(number)
    chances = tuple(tuple(random.choice((0.02, 0.5, 0.98)) for _ in range(4)) for _ in range(5))
    weights = tuple(random.random() for _ in range(4))
    return Model((0, 1, 2, 3), chances, 3.0), tuple(w / sum(weights) for w in weights)


SMALL = [small_model(number) for number in range(40)]
LIMIT = 4


def test_test_that_halves_four_answers_tells_one_bit() -> None:
    assert HALVING.bits(EVEN, 0) == pytest.approx(1.0)


def test_test_that_shows_one_of_four_answers_tells_less() -> None:
    assert HALVING.bits(EVEN, 2) == pytest.approx(0.811, abs=0.001)


def test_test_that_is_as_often_abnormal_in_all_answers_tells_nothing() -> None:
    assert Model((0, 1), ((0.3, 0.3),), 2.0).bits((0.5, 0.5), 0) == 0.0


def test_two_tests_that_halve_four_answers_suffice_on_every_path() -> None:
    assert greedy(HALVING, EVEN, 5) == Horizon(2, 2.0, False)


def test_an_answer_that_leads_needs_no_test() -> None:
    assert greedy(HALVING, (0.7, 0.1, 0.1, 0.1), 5) == Horizon(0, 0.0, False)


def test_path_that_is_cut_is_said_to_be_bounded() -> None:
    assert greedy(HALVING, EVEN, 1) == Horizon(1, 1.0, True)


@pytest.mark.parametrize(("model", "weights"), SMALL)
def test_greedy_order_is_never_better_than_the_best_of_all_orders(model: Model, weights: Weights) -> None:
    found = greedy(model, weights, LIMIT)

    assert found.is_bounded or found.worst >= best_worst(model, weights, LIMIT)


def test_greedy_order_needs_hardly_more_tests_than_the_best_of_all_orders() -> None:
    pairs = [
        (found.expected, best_expected(model, weights, LIMIT))
        for model, weights in SMALL
        if not (found := greedy(model, weights, LIMIT)).is_bounded
    ]

    assert len(pairs) >= 10
    assert sum(own for own, _ in pairs) <= 1.1 * sum(best for _, best in pairs)
