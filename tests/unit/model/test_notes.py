"""Late facts."""

from vedette.model.notes import Score


def score(value: float | bool | str) -> Score:
    return Score(id="1", project_id="p", name="n", value=value, at_ns=1)


def test_the_kind_of_a_score_follows_from_its_value() -> None:
    assert [score(value).kind for value in (0.5, 3, True, "good")] == [
        "numeric", "numeric", "boolean", "categorical",
    ]  # fmt: skip
