import pytest

from vedette.ingest.bodies_within import asked_model, response_id


def test_facts_are_read_from_kept_bodies() -> None:
    assert asked_model({"llm.invocation_parameters": '{"model": "m", "n": 1}'}) == "m"
    assert response_id({"output.value": '{"choices": [], "id": "chatcmpl-1"}'}) == "chatcmpl-1"


@pytest.mark.parametrize("body", ["", "{", '"model" "id"', '{"model": 7, "id": []}', 7, None])
def test_what_cannot_be_read_is_absent(body: object) -> None:
    assert asked_model({"llm.invocation_parameters": body}) == ""
    assert response_id({"output.value": body}) == ""
