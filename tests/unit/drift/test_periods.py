"""Two sets of calls."""

from msgspec.structs import replace

from tests.support.drifting import calls, take
from vedette.drift.periods import compare_periods


def test_two_samples_of_the_same_do_not_differ() -> None:
    found = compare_periods(take(calls(1), 120), take(calls(2), 120))
    assert found.severity == "none"
    assert not any(one.is_different for one in found.signals)
    assert found.calls == (120, 120)


def test_what_moved_comes_first_with_both_sides() -> None:
    before, after = take(calls(1), 120), take(calls(2, "refusing"), 120)
    found = compare_periods([replace(one, version="m-1") for one in before], after)
    assert found.severity == "critical"
    assert found.signals[0].is_different
    by_name = {one.signal: one for one in found.signals}
    refusal = by_name["refusal"]
    assert refusal.shares == {"no": (1.0, 0.0), "yes": (0.0, 1.0)}
    assert refusal.effect == 1
    words = by_name["output_words"]
    assert words.median is not None
    assert words.median[0] > words.median[1]
    assert words.effect < 0
    assert round(sum(share[0] for share in words.shares.values()), 9) == 1
    assert found.versions == (("m-1",), ())


def test_too_few_values_say_nothing() -> None:
    assert compare_periods(take(calls(1), 5), take(calls(2, "short"), 100)).signals == ()
    assert compare_periods([], []).severity == "none"
