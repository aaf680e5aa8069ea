"""Which files a configuration is made of, and when a change of them is taken up."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.saml import SamlProvider, Signer
from vedette.app.changes import FileWatch, check_again, check_written, fingerprints, state_of
from vedette.app.snapshot import load_config
from vedette.app.vault import vault_path
from vedette.config.load import LoadedConfig
from vedette.errors import ConfigError


def loaded(folder: Path, **config: Any) -> LoadedConfig:
    path = folder / "f.yaml"
    path.write_text(json.dumps(config))
    return load_config(path, {})


def test_a_change_is_told_once_and_when_it_has_stood_still(tmp_path: Path) -> None:
    config = loaded(tmp_path)
    assert config.path is not None
    watch = FileWatch(config)
    assert not watch.has_changed(config)
    config.path.write_text("gateway: ")
    assert not watch.has_changed(config)
    config.path.write_text("gateway: {workers: 2}")
    assert not watch.has_changed(config)
    assert watch.has_changed(config)
    assert not watch.has_changed(config)


def test_a_file_that_is_away_for_a_moment_is_no_change_until_it_is_another(tmp_path: Path) -> None:
    config = loaded(tmp_path)
    assert config.path is not None
    watch = FileWatch(config)
    config.path.unlink()
    assert not watch.has_changed(config)
    assert not watch.has_changed(config)
    config.path.write_text("gateway: {workers: 2}")
    assert not watch.has_changed(config)
    assert watch.has_changed(config)


def test_a_link_that_is_pointed_elsewhere_is_a_change(tmp_path: Path) -> None:
    """As Kubernetes swaps the directory behind a ConfigMap."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "f.yaml").write_text("gateway: {}")
    current = tmp_path / "current"
    current.symlink_to("one")
    config = load_config(current / "f.yaml", {})
    watch = FileWatch(config)
    fresh = tmp_path / "fresh"
    fresh.symlink_to("two")
    fresh.rename(current)
    assert not watch.has_changed(config)
    assert watch.has_changed(config)


def test_a_pipe_has_no_state_and_is_not_read_again(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert state_of(pipe) is None
    with pytest.raises(ConfigError, match="no file that can be read again"):
        check_again(pipe)
    check_again(tmp_path / "absent")
    check_again(None)


@pytest.mark.parametrize("text", ["", "# only words\n"])
def test_a_file_that_was_emptied_is_not_taken_for_a_configuration(
    tmp_path: Path, text: str
) -> None:
    before = loaded(tmp_path, gateway={"workers": 2})
    assert before.path is not None
    before.path.write_text(text)
    after = load_config(before.path, {"VEDETTE_GATEWAY__WORKERS": "3"})
    with pytest.raises(ConfigError, match="holds no settings any more"):
        check_written(before, after)
    check_written(after, after)


def test_a_change_of_any_file_with_a_credential_shows(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k1")
    provider = {"name": "a", "kind": "openai", "api_key_file": str(key)}
    config = loaded(tmp_path, providers=[provider], storage={"path": str(tmp_path / "data")})
    before = fingerprints(config)
    vault = vault_path(config.config)
    assert set(before) == {config.path, key, vault}
    key.write_text("k2 is longer")
    after = fingerprints(config)
    assert {path for path in after if after[path] != before[path]} == {key}
    key.unlink()
    assert set(fingerprints(config)) == {config.path, vault}
    vault.parent.mkdir(exist_ok=True)
    vault.write_text("{}")
    assert fingerprints(config)[vault] != before[vault]


def test_a_change_of_what_a_provider_of_log_ins_says_shows(tmp_path: Path) -> None:
    file = tmp_path / "idp.xml"
    file.write_text(SamlProvider(Signer.make(), now=lambda: 0).metadata)
    own, keys = Signer.make().as_key(), tmp_path / "saml.pem"
    keys.write_text(own.private + own.certificate)
    saml = {
        "name": "idp", "idp_metadata_file": str(file), "allowed_domains": ["example.com"],
        "key_file": str(keys),
    }  # fmt: skip
    config = loaded(tmp_path, access={"saml": [saml]}, storage={"path": str(tmp_path / "data")})
    before = fingerprints(config)
    for one in (file, keys):
        one.write_text(one.read_text() + " ")
        assert fingerprints(config)[one] != before[one]
