"""Rules over log-ins through providers."""

import subprocess
import sys
from typing import Any

from tests.support.saml import ENTITY_ID, SSO_URL, Signer
from vedette.config.access import AccessConfig
from vedette.config.signon_checks import check_sign_on

OIDC: dict[str, Any] = {"name": "a", "issuer": "https://a.example.com", "client_id": "x"}
SAML: dict[str, Any] = {
    "name": "b", "entity_id": ENTITY_ID, "sso_url": SSO_URL, "allowed_domains": ["example.com"],
    "certificates": [Signer.make().certificate],
}  # fmt: skip


def findings(**access: Any) -> list[str]:
    found = check_sign_on(AccessConfig.model_validate(access))
    return [f"{'.'.join(map(str, path))}: {message}" for path, message in found]


def test_sound_providers_have_no_findings() -> None:
    assert not findings()
    assert not findings(passwords=False, saml=[SAML])
    assert not findings(oidc=[OIDC], saml=[SAML | {"create_users": True}])


def test_without_passwords_a_provider_is_needed() -> None:
    (found,) = findings(passwords=False)
    assert found.startswith("passwords: without passwords a provider is needed")


def test_providers_of_both_kinds_share_no_name() -> None:
    assert findings(oidc=[OIDC], saml=[SAML | {"name": "a"}]) == [
        "saml.0.name: 'a' is already the name of access.oidc[0]"
    ]


def test_a_saml_provider_speaks_for_domains_only() -> None:
    (found,) = findings(saml=[SAML | {"allowed_domains": []}])
    assert found.startswith("saml.0.allowed_domains: is needed")


def test_two_providers_have_two_entity_ids() -> None:
    assert findings(saml=[SAML, SAML | {"name": "c"}]) == [
        f"saml.1.entity_id: {ENTITY_ID!r} is that of access.saml[0]"
    ]


def test_log_outs_and_keys_of_a_saml_provider_fit_together() -> None:
    slo = {"slo_url": "https://idp.example.com/slo"}
    (found,) = findings(saml=[SAML | slo])
    assert found == "saml.0.slo_url: needs key_file: log-outs are signed"
    (found,) = findings(saml=[SAML | slo | {"key_file": "/nowhere/saml.pem"}])
    assert found.startswith("saml.0.key_file: '/nowhere/saml.pem' cannot be read")


def test_what_is_missing_of_a_saml_provider_is_told() -> None:
    (found,) = findings(saml=[SAML | {"certificates": []}])
    assert found == "saml.0.idp_metadata_file: certificates missing; or set idp_metadata_file"
    (found,) = findings(saml=[{
        "name": "b", "allowed_domains": ["example.com"], "idp_metadata_file": "/nowhere.xml",
    }])  # fmt: skip
    assert "cannot be read" in found


def test_oidc_keeps_its_rules() -> None:
    assert findings(oidc=[OIDC | {"assume_verified": True, "create_users": True}]) == [
        "oidc.0.create_users: needs allowed_domains: else anybody could make himself a user",
        "oidc.0.assume_verified: needs allowed_domains",
    ]


def test_without_the_extra_it_is_named() -> None:
    """In a Python that has no signxml."""
    program = (
        "import sys; sys.modules['signxml'] = sys.modules['lxml'] = None\n"
        "from vedette.config.access import AccessConfig\n"
        "from vedette.config.signon_checks import check_sign_on\n"
        "import vedette.app.core\n"
        "print([*check_sign_on(AccessConfig.model_validate({'saml': [{'name': 'a'}]}))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "pip install 'vedette[saml]'" in done.stdout, done.stderr
