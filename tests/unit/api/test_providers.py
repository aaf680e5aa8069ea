"""What is configured."""

from tests.support.console import Console


def test_providers_are_listed(console: Console) -> None:
    [item] = console.get("/api/v1/providers")["items"]
    assert item["name"] == "a"
    assert item["has_key"] is True
    assert item["requests"] == 3
    assert "api_key" not in item


def test_info_tells_what_this_is(console: Console) -> None:
    info = console.get("/api/v1/info")
    assert info["version"] == "1.2.3"
    assert info["token_required"] is False
    assert info["gateway_url"] == "http://127.0.0.1:4000"
    assert info["command"] == "vedette"
    assert info["text_search"] is True


def test_parameters_mean_nothing_here(console: Console) -> None:
    assert console.problem("/api/v1/providers", 400, x="1")["code"] == "unknown_parameter"


def test_one_provider_comes_with_its_last_hour(console: Console) -> None:
    detail = console.get("/api/v1/providers/a")
    assert detail["provider"]["name"] == "a"
    assert detail["history"][0]["errors"] == 1
    assert console.problem("/api/v1/providers/nobody", 404)["code"] == "not_found"
