"""Ids of findings."""

import pytest

from vedette.model.finding import FindingKey, FindingRow


def test_an_id_is_taken_apart_and_put_together() -> None:
    row = FindingRow(
        trace_id="ab" * 16, span_id="cd" * 8, n=7, at_ns=1, project_id="p", detector="pii",
        kind="email", score=0.9, where="input", side="request", place=0, start=0, end=1,
        policy="a", version=1, rule="r", action="redact", mode="enforce",
    )  # fmt: skip
    assert FindingKey.of(row.id) == FindingKey("ab" * 16, "cd" * 8, 7)


@pytest.mark.parametrize("id", ["", "x", "ab-cd", "abc-cd-1", "ab-cd-x", "ab-cd-99999", "AB-cd-1"])
def test_what_is_no_id_is_refused(id: str) -> None:
    with pytest.raises(ValueError, match="finding"):
        FindingKey.of(id)
