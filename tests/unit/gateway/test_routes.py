import pytest

from vedette.gateway.routes import Endpoint, endpoint, for_model, model_in_path


@pytest.mark.parametrize(
    "path", ["/v1/chat/completions", "/chat/completions", "/v1/chat/completions/"]
)
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
