"""What providers say of themselves in a file."""

from pathlib import Path

import pytest

from tests.support.saml import ENTITY_ID, SSO_URL, SamlProvider, Signer
from vedette.config.saml import SamlConfig
from vedette.config.saml_metadata import MAX_BYTES, IdpMetadata, metadata_of, read_metadata

SIGNER = Signer.make()
METADATA = SamlProvider(SIGNER, now=lambda: 0).metadata
FOUND = IdpMetadata(
    ENTITY_ID, SSO_URL, (SIGNER.certificate,), "https://idp.example.com/slo",
    "https://idp.example.com/left",
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "idp.xml"


def test_a_file_says_it_all(file: Path) -> None:
    file.write_text(f"\ufeff{METADATA}", encoding="utf-8")
    assert read_metadata(str(file)) == FOUND
    assert metadata_of(SamlConfig(name="idp", idp_metadata_file=str(file))) == FOUND


def test_of_several_entities_the_provider_is_taken(file: Path) -> None:
    name = "urn:oasis:names:tc:SAML:2.0:metadata"
    other = f'<m:EntityDescriptor xmlns:m="{name}" entityID="x"><m:SPSSODescriptor/>'
    one = METADATA.partition("?>")[2]
    many = f'<m:EntitiesDescriptor xmlns:m="{name}">{other}</m:EntityDescriptor>{one}'
    file.write_text(f"{many}</m:EntitiesDescriptor>")
    assert read_metadata(str(file)) == FOUND
    file.write_text(f"{many}{one}</m:EntitiesDescriptor>")
    with pytest.raises(ValueError, match="describes 2 identity providers"):
        read_metadata(str(file))


def test_keys_to_encrypt_with_do_not_sign(file: Path) -> None:
    file.write_text(METADATA.replace('use="signing"', 'use="encryption"'))
    with pytest.raises(ValueError, match="a certificate to sign with"):
        read_metadata(str(file))
    file.write_text(METADATA.replace(' use="signing"', ""))
    assert read_metadata(str(file)) == FOUND


def test_log_outs_need_not_be_told(file: Path) -> None:
    file.write_text(METADATA.replace("SingleLogoutService", "Other"))
    assert read_metadata(str(file)) == FOUND._replace(slo_url="", slo_response_url="")
    file.write_text(METADATA.replace("https://idp.example.com/slo", "javascript:x"))
    with pytest.raises(ValueError, match="https"):
        read_metadata(str(file))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no metadata"),
        ("<x/>", "describes 0 identity providers"),
        ("<!DOCTYPE x [<!ENTITY y 'z'>]>" + METADATA.partition("?>")[2], "without a doctype"),
        (METADATA.replace("SingleSignOn", "Other"), "an address for HTTP-Redirect"),
        (METADATA.replace(f'entityID="{ENTITY_ID}"', ""), "an entityID"),
        (METADATA.replace(SSO_URL, "http://idp.example.com"), "https"),
        (METADATA.replace("MII", "AAA"), "X.509"),
        (" " * (MAX_BYTES + 1), "more than"),
    ],
    ids=["empty", "other", "doctype", "redirect", "name", "plain", "certificate", "large"],
)
def test_a_file_that_does_not_say_it_is_refused(file: Path, text: str, words: str) -> None:
    file.write_text(text)
    with pytest.raises(ValueError, match=words):
        read_metadata(str(file))


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read: no such file"):
        read_metadata(str(tmp_path / "none.xml"))


def test_either_a_file_or_what_it_would_say() -> None:
    with pytest.raises(ValueError, match="sso_url and certificates missing; or set"):
        metadata_of(SamlConfig(name="idp", entity_id="x"))
    with pytest.raises(ValueError, match="takes the place of"):
        metadata_of(SamlConfig(name="idp", entity_id="x", idp_metadata_file="y"))
    written = SamlConfig(
        name="idp", entity_id=ENTITY_ID, sso_url=SSO_URL, certificates=(SIGNER.certificate,),
        slo_url=FOUND.slo_url,
    )  # fmt: skip
    assert metadata_of(written) == FOUND._replace(slo_response_url="")
