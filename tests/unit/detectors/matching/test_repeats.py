"""Words that are said over and over."""

import pytest

from vedette.detectors.matching.repeats import repeating, repeats


@pytest.mark.parametrize("unit", ["poem ", "company, ", "one more ", "as I said "])
def test_a_long_run_is_found_from_its_first_word_to_its_last(unit: str) -> None:
    text = "Sure: " + unit * 40 + "and then John Smith of 12 Baker Street."
    if unit.startswith("as"):
        unit = unit.replace("I ", "we ")
        text = "Sure: " + unit * 40 + "and then John."
    [(start, end)] = repeats(text)
    assert text[start:end].startswith(unit.strip(" ,"))
    assert end <= 6 + len(unit) * 40
    assert text[start:end].count(unit.split()[0].strip(",")) == 40


@pytest.mark.parametrize(
    "text",
    ["", "ha ha ha ha", "poem " * 29, "| --- " * 60, "0 " * 99, "the cat and the dog " * 3],
    ids=["empty", "laughs", "few", "table", "noughts", "verse"],
)
def test_what_is_short_or_no_word_is_not(text: str) -> None:
    assert list(repeats(text)) == []


def test_a_run_that_may_go_on_waits_from_its_beginning() -> None:
    assert repeating("Sure: poem poem poem po") == 6
    assert repeating("Sure: one more one more one more on") == 6
    assert repeating("Sure: poem poem and") == len("Sure: poem poem and")
    assert repeating("") == 0
