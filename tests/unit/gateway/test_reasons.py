import re
from pathlib import Path

import pytest

from vedette.gateway.reasons import what_it_did

FAULTS = (Path(__file__).resolve().parents[3] / "docs" / "faults.md").read_text()
CODES = set(re.findall(r"`([a-z_]+)`", FAULTS)) & {
    code for code in re.findall(r"`([a-z_]+)`, `ok`", FAULTS)
}
TOLD_BY_OTHERS = {"invalid_answer", "stream_error", "overloaded"}
"""These come with a message of their own."""


@pytest.mark.parametrize("code", sorted(CODES - TOLD_BY_OTHERS))
def test_every_fault_of_the_documentation_has_words(code: str) -> None:
    assert what_it_did(code) != what_it_did("unheard of")


def test_what_a_provider_calls_its_error_is_not_repeated() -> None:
    assert what_it_did("evil <b>words</b>") == "gave no answer"
