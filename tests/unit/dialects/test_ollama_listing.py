"""What a server of Ollama says of itself, as the official client reads it."""

import json

import pytest

from vedette.dialects.ollama_listing import read_show, write_show, write_tags, write_version


def test_models_are_told_apart() -> None:
    models = json.loads(write_tags(["fast", "openai/gpt-4o"], 1_700_000_000))["models"]
    assert [model["model"] for model in models] == ["fast", "openai/gpt-4o"]
    assert len({model["digest"] for model in models}) == 2
    assert models[0]["modified_at"] == "2023-11-14T22:13:20Z"
    assert json.loads(write_tags([])) == {"models": []}


def test_a_model_says_what_it_can() -> None:
    shown = json.loads(write_show("fast"))
    assert shown["model_info"]["general.basename"] == "fast"
    assert "completion" in shown["capabilities"]


def test_a_version_is_one() -> None:
    assert json.loads(write_version()) == {"version": "0.12.0"}


@pytest.mark.parametrize(
    ("body", "model"),
    [
        (b'{"model":"a"}', "a"),
        (b'{"name":"b"}', "b"),
        (b"{}", ""),
        (b"[", ""),
        (b'{"model":[]}', ""),
    ],
)
def test_which_model_is_asked_about(body: bytes, model: str) -> None:
    assert read_show(body) == model


def test_the_official_client_takes_them() -> None:
    ollama = pytest.importorskip("ollama")
    listed = ollama.ListResponse(**json.loads(write_tags(["fast"], 1_700_000_000)))
    assert listed.models[0].model == "fast"
    shown = ollama.ShowResponse(**json.loads(write_show("fast", 1_700_000_000)))
    assert "tools" in (shown.capabilities or [])
