"""Options: arguments over the environment over what stands there."""

from pathlib import Path
from typing import Any

import pytest

from vedette_sdk.errors import SettingsError
from vedette_sdk.settings import Settings, own_key, read_settings

KEY = "a key of sixteen bytes or more"


def test_arguments_win_over_the_environment() -> None:
    environ = {
        "VEDETTE_ENDPOINT": "https://vedette.example/", "VEDETTE_PRIVACY": "full",
        "VEDETTE_HASH_KEY": KEY, "VEDETTE_INSTRUMENT": "openai, ollama",
        "VEDETTE_INCLUDE_USAGE": "yes", "VEDETTE_MAX_CALLS": "7", "OTEL_SERVICE_NAME": "shop",
    }  # fmt: skip
    found = read_settings({"privacy": "features"}, environ=environ)
    assert found.endpoint == "https://vedette.example"
    assert (found.privacy, found.hash_key) == ("features", KEY.encode())
    assert (found.instrument, found.include_usage) == (("openai", "ollama"), True)
    assert (found.max_calls, found.service_name) == (7, "shop")


def test_a_bad_environment_is_doubted_and_never_opens_up(caplog: pytest.LogCaptureFixture) -> None:
    environ = {"VEDETTE_PRIVACY": "ful", "VEDETTE_HASH_KEY": "short", "VEDETTE_MAX_BYTES": "many"}
    found = read_settings({"api_key": "k"}, environ=environ)
    assert (found.privacy, found.max_bytes) == ("hash", Settings().max_bytes)
    assert "VEDETTE_PRIVACY 'ful' is not taken" in caplog.text
    assert "short" not in caplog.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"privacy": "ful"}, "expected one of hash"),
        ({"endpoint": "vedette.example"}, "expected http"),
        ({"endpoint": "file:///etc/passwd"}, "expected http"),
        ({"sample_rate": 2}, "0 to 1"),
        ({"hash_key": b"short"}, "16 bytes"),
        ({"api_key": "two\nlines"}, "one line"),
        ({"instrument": 7}, "not iterable"),
    ],
    ids=["privacy", "scheme", "file", "rate", "key", "lines", "names"],
)
def test_a_bad_argument_is_an_error_that_hides_keys(options: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words) as raised:
        read_settings(options, environ={})
    assert "two" not in str(raised.value)


def test_the_key_of_this_machine_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    made = own_key("")
    assert own_key("") == made
    assert len(made) == 32
    path = tmp_path / "vedette" / "hash.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(path.parent.glob("hash.key.*"))
    path.write_bytes(b"damaged")
    assert own_key("") != made
    assert own_key("an API key") == own_key("an API key") != made


def test_settings_do_not_show_keys() -> None:
    shown = repr(read_settings({"api_key": "vk-1", "hash_key": KEY}, environ={}))
    assert "vk-1" not in shown
    assert KEY not in shown
