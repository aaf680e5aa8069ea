"""Options that several commands share."""

from pathlib import Path

import pytest

from vedette.cli.options import load_config
from vedette.errors import ConfigError


def test_the_environment_of_this_process_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("providers: [{name: a, kind: openai, api_key: '${A_KEY}'}]")
    with pytest.raises(ConfigError, match="A_KEY is not set"):
        load_config(path)
    monkeypatch.setenv("A_KEY", "k")
    monkeypatch.setenv("VEDETTE_GATEWAY__WORKERS", "3")
    assert load_config(path).config.gateway.workers == 3
