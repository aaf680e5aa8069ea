"""The vault over HTTP: in, never out."""

import pytest

from tests.support.console import Console

PATH = "/api/v1/credentials"


def test_a_credential_goes_in_and_never_out(console: Console) -> None:
    answer = console.client.put(f"{PATH}/openai", json={"value": "sk-secret"})
    assert answer.status_code == 200
    assert answer.json()["reference"] == "vault:openai"
    console.parts.clock.advance(1)
    again = console.client.put(f"{PATH}/openai", json={"value": "sk-other"})
    listed = console.client.get(PATH)
    assert listed.json()["items"] == [again.json()]
    assert again.json()["updated_time"] > again.json()["created_time"]
    assert not any("sk-" in each.text for each in (answer, again, listed))
    vault = console.services.vault
    assert vault is not None
    assert vault.get("openai") == "sk-other"
    assert console.client.delete(f"{PATH}/openai").status_code == 204
    assert console.client.delete(f"{PATH}/openai").status_code == 404
    assert console.get(PATH)["items"] == []


def test_secrets_of_alert_channels_are_not_offered(console: Console) -> None:
    vault = console.services.vault
    assert vault is not None
    vault.set(f"alerts.{'0af3' * 6}.url", "https://hooks.example.org/x")
    vault.set("alerts.slack", "sk-own")
    assert [one["name"] for one in console.get(PATH)["items"]] == ["alerts.slack"]


@pytest.mark.parametrize(
    ("field", "name", "body"),
    [
        ("name", "a b", {"value": "x"}),
        ("value", "a", {"value": "two words-sk"}),
        ("value", "a", {"value": ""}),
        ("value", "a", {}),
    ],
)
def test_a_wrong_one_is_refused_without_showing_it(
    console: Console, field: str, name: str, body: dict[str, str]
) -> None:
    answer = console.client.put(f"{PATH}/{name}", json=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] == field
    assert "words-sk" not in answer.text
