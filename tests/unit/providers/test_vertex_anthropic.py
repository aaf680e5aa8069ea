import json

import pytest

from vedette.errors import BadRequest
from vedette.model.settings import ProviderSettings
from vedette.providers.vertex_anthropic import Provider

PLACE = "/v1/projects/p1/locations/global/publishers/anthropic/models"


def provider() -> Provider:
    return Provider(
        ProviderSettings(
            name="v",
            kind="vertex_anthropic",
            base_url="https://aiplatform.googleapis.com/v1",
            options={"project": "p1"},
        )
    )


@pytest.mark.parametrize(("stream", "method"), [(False, "rawPredict"), (True, "streamRawPredict")])
def test_the_model_stands_in_the_path(stream: bool, method: str) -> None:
    made = provider().call(
        dialect="anthropic", model="claude-x", stream=stream, query="", headers=[]
    )
    assert made.target.decode() == f"{PLACE}/claude-x:{method}"


def test_counting_tokens_has_a_path_of_its_own() -> None:
    made = provider().prepare(method="POST", path="/messages/count_tokens", query="", headers=[])
    assert made.target.decode() == f"{PLACE}/count-tokens:rawPredict"


def test_the_body_names_a_version_and_no_model() -> None:
    body = b'{"model":"claude-x","max_tokens":5,"temperature":1.0,"messages":[ ]}'
    adapted = provider().adapt_body("anthropic", body)
    assert adapted == (
        b'{"max_tokens":5,"temperature":1.0,"messages":[ ],"anthropic_version":"vertex-2023-10-16"}'
    )
    counted = json.loads(provider().adapt_body("", body))
    assert counted["model"] == "claude-x"
    own = provider().adapt_body("anthropic", b'{"anthropic_version":"mine"}')
    assert own == b'{"anthropic_version":"mine"}'


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        provider().adapt_body("anthropic", body)
