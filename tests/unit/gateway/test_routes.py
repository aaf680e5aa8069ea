import pytest

from vedette.gateway.routes import (
    Endpoint,
    dialect_of_path,
    endpoint,
    for_model,
    model_in_path,
    opening_place,
)


@pytest.mark.parametrize(
    "path",
    ["/v1/chat/completions", "/chat/completions", "/v1/chat/completions/", "/v1//chat/completions",
     "//v1/chat//completions//"],
)  # fmt: skip
def test_chat_is_found_with_and_without_version_and_slash(path: str) -> None:
    found = endpoint(path)
    assert found is not None
    assert (found.operation, found.path) == ("chat", "/chat/completions")


def test_anything_under_v1_is_passed_through() -> None:
    found = endpoint("/v1/audio/speech")
    assert found is not None
    assert (found.dialect, found.path) == ("", "/audio/speech")


@pytest.mark.parametrize(
    "path",
    ["/", "/admin", "/v1", "/v1/", "/v2/chat", "/v1/../admin", "/v1/%2e%2e/admin", "/v1/a/.%2E/b"],
)
def test_nothing_else_is_served(path: str) -> None:
    assert endpoint(path) is None


@pytest.mark.parametrize(
    "path",
    ["/v1/./chat/completions", "/v1/Chat/Completions", "/v1/chat%2Fcompletions",
     "/v1/chat/completions;x", "/v1/chat/%63ompletions", "/v1/chat%252Fcompletions",
     "/v1/chat\\completions", "/v1/chat/completions%20", "/v1/chat/completions%3Fx",
     "/openai/v1/./responses", "/v1/./models/m:generateContent"],
)  # fmt: skip
def test_a_call_that_is_read_does_not_pass_in_disguise(path: str) -> None:
    assert endpoint(path) is None


@pytest.mark.parametrize(
    "path", ["/v1/files//a", "/v1/models/sim%2Fchat", "/v1/chat/completions/id", "/v1/responses/r"]
)
def test_other_paths_are_passed_on(path: str) -> None:
    found = endpoint(path)
    assert found is not None
    assert found.operation == "other"


def test_a_model_asked_about_by_path_is_named_as_its_provider_knows_it() -> None:
    place = endpoint("/v1/models/sim%2Fchat")
    assert place is not None
    assert model_in_path(place.path) == "sim/chat"
    assert for_model(place, "chat").path == "/models/chat"
    assert for_model(place, "meta-llama/Llama 3").path == "/models/meta-llama/Llama%203"


def test_other_paths_name_no_model() -> None:
    files = Endpoint("other", "", "/files/models")
    assert model_in_path(files.path) == ""
    assert for_model(files, "m") is files


@pytest.mark.parametrize(
    ("path", "dialect", "model", "stream"),
    [
        ("/v1beta/models/gemini-2.5-pro:generateContent", "gemini", "gemini-2.5-pro", False),
        ("/v1beta/models/sim/chat:streamGenerateContent", "gemini", "sim/chat", True),
        ("/v1beta/models/a%2Fb:embedContent", "gemini_embeddings", "a/b", False),
        (
            "/model/us.anthropic.claude-v1%3A0/converse-stream",
            "bedrock",
            "us.anthropic.claude-v1:0",
            True,
        ),
        ("/model/sim/chat/converse", "bedrock", "sim/chat", False),
        ("/openai/deployments/gpt-4o/chat/completions", "openai_chat", "gpt-4o", None),
    ],
)
def test_paths_that_name_a_model(path: str, dialect: str, model: str, stream: bool | None) -> None:
    found = endpoint(path)
    assert found is not None
    assert (found.dialect, found.model, found.stream) == (dialect, model, stream)


@pytest.mark.parametrize(
    ("path", "dialect"),
    [
        ("/v1/messages", "anthropic"), ("/v1beta/x", "gemini"), ("/api/nothing", "ollama_chat"),
        ("/model/x/y", "bedrock"), ("/v1/nothing", "openai_chat"),
    ],
)  # fmt: skip
def test_errors_have_the_shape_that_the_path_shows(path: str, dialect: str) -> None:
    assert dialect_of_path(path) == dialect


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/v1/realtime", "/realtime"),
        ("/realtime", "/realtime"),
        ("/openai/v1/realtime", "/realtime"),
        ("/openai/realtime", "/realtime"),
        ("/v1/responses", "/responses"),
        ("/v1/anything/new", "/anything/new"),
        ("/v1/../admin", None),
        ("/v1/./responses", None),
        ("/admin", None),
        ("/v1beta/models/m:generateContent", None),
    ],
)
def test_a_websocket_is_opened_where_calls_are_passed_on(path: str, place: str | None) -> None:
    found = opening_place(path)
    assert (found and found.path) == place
    assert found is None or (found.operation, found.dialect) == ("realtime", "")
