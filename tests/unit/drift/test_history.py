"""The history of one input."""

from tests.support.drifting import observe
from vedette.drift.history import find_inputs, read_history
from vedette.drift.reporting import Call
from vedette.model.drift import Observation


def asked(number: int, text: str, answer: str) -> Call:
    return Call(observe(text, answer), number, f"{number:032x}", f"{number:016x}")


def test_answers_are_compared_with_the_first_and_the_previous() -> None:
    calls = [
        asked(1, "Is it?", "[Yes]"),
        asked(2, "Was it?", "[Yes]"),
        asked(3, "Is it?", "[No]"),
        asked(4, "Is it?", "[No]"),
        Call(Observation(), 5, "", ""),
    ]
    first, second = find_inputs(calls, "")
    history = read_history(calls, first)
    assert [entry.start_ns for entry in history.entries] == [1, 3, 4]
    assert history.verdicts == {"yes": 1, "no": 2}
    assert history.models == ("m",)
    assert history.consistency is not None
    assert history.consistency.answers == 3
    one, two, three = history.entries
    assert (one.to_first, one.to_previous) == (None, None)
    assert two.to_first is not None
    assert two.to_first.alike == "different"
    assert three.to_previous is not None
    assert three.to_previous.alike == "same"
    assert read_history(calls, second).consistency is None
    assert read_history(calls, "unknown").entries == ()


def test_a_prefix_finds_its_inputs() -> None:
    calls = [asked(n, f"Is {n} so?", "Yes") for n in range(3)]
    name = find_inputs(calls, "")[1]
    assert find_inputs(calls, name[:8]) == [name]
    assert find_inputs(calls, "xyz") == []
