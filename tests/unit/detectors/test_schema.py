"""Outputs that must follow a schema."""

import pytest

from tests.support.subjects import look
from vedette.detectors.schema import create, unfenced
from vedette.errors import ConfigError

SCHEMA = {"type": "object", "required": ["a"]}


def test_only_json_of_the_schema_passes() -> None:
    detector = create({"schema": SCHEMA})
    assert look(detector, '{"a": 1}', "output").score == 0
    assert look(detector, '```json\n{"a": 1}\n```', "output").score == 0
    assert look(detector, "{}", "output").findings[0].kind == "schema"
    assert look(detector, "not json", "output").findings[0].kind == "not_json"
    assert look(detector, "[" * 100_000, "output").score == 1.0


def test_the_schema_of_the_text_goes_first() -> None:
    detector = create({"schema": SCHEMA})
    assert look(detector, "{}", "output", schema={"type": "object"}).score == 0
    assert look(create({}), "anything", "output").score == 0


def test_only_a_whole_fence_is_taken_off() -> None:
    assert unfenced("a ```b```") == "a ```b```"
    assert unfenced("```json\n1\n```") == "1\n"


def test_a_pattern_that_re2_does_not_take_is_refused_to_who_writes_the_policy() -> None:
    with pytest.raises(ConfigError):
        create({"schema": {"pattern": "^(?!a)"}})
