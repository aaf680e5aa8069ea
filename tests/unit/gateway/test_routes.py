import pytest

from vedette.gateway.routes import endpoint


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
