"""Who logs in how, as the core is told."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.saml import ENTITY_ID, SSO_URL, SamlProvider, Signer
from vedette.app.signon import access_settings, console_hosts, sign_on_settings
from vedette.app.snapshot import core_settings, gateway_settings
from vedette.config.schema import Config
from vedette.errors import ConfigError
from vedette.model.settings import AccessSettings

OIDC = {
    "name": "google", "issuer": "https://accounts.google.com", "client_id": "x",
    "client_secret": "s3cret", "allowed_domains": ["example.com"], "roles": {"ops": "admin"},
}  # fmt: skip


def config(**tree: Any) -> Config:
    return Config.model_validate({"access": {"oidc": [OIDC], "passwords": False}} | tree)


def test_the_core_knows_the_providers_and_the_workers_do_not() -> None:
    found = sign_on_settings(config(guard={"private_hosts": ["10.0.0.0/8"]}))
    (google,) = found.oidc
    assert (google.issuer, google.client_secret) == ("https://accounts.google.com", "s3cret")
    assert google.admission.roles == {"ops": "admin"}
    assert found.private_hosts == ("10.0.0.0/8",)
    assert not found.passwords
    assert core_settings(config(), version=1).sign_on.oidc == (google,)
    assert access_settings(config()) == AccessSettings()
    assert "s3cret" not in str(gateway_settings(config(), version=1))


def test_the_console_answers_to_the_name_it_is_reached_by() -> None:
    public = config(console={"public_url": "https://Vedette.example.com"})
    assert console_hosts(public, ("localhost",)) == ("localhost", "vedette.example.com")
    # Where any name will do, it stays so.
    assert console_hosts(public, ()) == ()
    assert console_hosts(config(), ("localhost",)) == ("localhost",)
    core = core_settings(public, version=1)
    assert core.public_url == "https://Vedette.example.com"
    assert "vedette.example.com" in core.allowed_hosts


def test_the_core_knows_what_metadata_say(tmp_path: Path) -> None:
    signer, file, keys = Signer.make(), tmp_path / "idp.xml", tmp_path / "saml.pem"
    own = signer.as_key()
    keys.write_text(own.private + own.certificate)
    file.write_text(SamlProvider(signer, now=lambda: 0).metadata)
    saml = {
        "name": "idp", "idp_metadata_file": str(file), "allowed_domains": ["example.com"],
        "roles": {"ops": "admin"}, "email_attribute": "primary", "key_file": str(keys),
        "end_session": False,
    }  # fmt: skip
    read = config(access={"saml": [saml]})
    (idp,) = sign_on_settings(read).saml
    assert (idp.entity_id, idp.sso_url) == (ENTITY_ID, SSO_URL)
    assert idp.certificates == (signer.certificate,)
    assert (idp.keys, idp.end_session) == ((own,), False)
    assert idp.slo_url == "https://idp.example.com/slo"
    assert idp.slo_response_url == "https://idp.example.com/left"
    assert (idp.email_attribute, idp.groups_attribute) == ("primary", "")
    assert idp.admission.allowed_domains == ("example.com",)
    assert idp.admission.roles == {"ops": "admin"}
    file.unlink()
    with pytest.raises(ConfigError, match=r"'idp': .*cannot be read"):
        sign_on_settings(read)
