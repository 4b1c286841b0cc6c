"""What the benchmarks compute beside running things; they themselves need other engines and are not run here."""

from benchmarks.timing import Times, in_turns
from benchmarks.wording import short, times


def test_nine_of_ten_runs_did_not_exceed_the_slow_time() -> None:
    measured = Times(tuple(float(number) for number in range(10, 0, -1)))
    assert (measured.median, measured.slow) == (5.0, 9.0)


def test_contestants_run_in_turns_and_each_comes_first_once() -> None:
    order: list[str] = []
    works = {name: lambda name=name: order.append(name) for name in "abc"}
    in_turns(works, rounds=3, budget=1)
    assert "".join(order) == "abc" + "abc" + "bca" + "cab"


def test_a_contestant_without_budget_runs_three_times_after_once_unmeasured() -> None:
    runs: list[None] = []
    found = in_turns({"slow": lambda: runs.append(None)}, rounds=10, budget=0)
    assert (len(runs), len(found["slow"].seconds)) == (4, 3)


def test_numbers_have_no_exponent() -> None:
    assert [short(number) for number in (0.01234, 4.567, 12345.6)] == ["0.0123", "4.57", "12,300"]
    assert [times(ratio) for ratio in (1.44, 23.4, 4123.0)] == ["1.4 times", "23 times", "4,100 times"]
