"""What a SAML provider says of itself: `EntityDescriptor` (metadata, 2.3), from a file."""

from typing import NamedTuple
from xml.etree import ElementTree

from vedette.config.files import read_text
from vedette.config.saml import SamlConfig, certificate, sso_url

MAX_BYTES = 1_048_576

_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_CERTIFICATE = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


class IdpMetadata(NamedTuple):
    """How a provider is asked, and who vouches for what it says."""

    entity_id: str
    sso_url: str
    certificates: tuple[str, ...]
    slo_url: str = ""
    slo_response_url: str = ""


def metadata_of(config: SamlConfig) -> IdpMetadata:
    """From the file, or as written. Raises ValueError that says what is wrong."""
    path = config.idp_metadata_file
    written = IdpMetadata(config.entity_id, config.sso_url, config.certificates, config.slo_url)
    if path is None:
        missing = [name for name, value in written._asdict().items() if not value]
        missing = [name for name in missing if not name.startswith("slo_")]
        if missing:
            raise ValueError(f"{' and '.join(missing)} missing; or set idp_metadata_file")
        return written
    if any(written):
        raise ValueError("the file takes the place of entity_id, sso_url, slo_url and certificates")
    return read_metadata(path)


def read_metadata(path: str) -> IdpMetadata:
    """Raises ValueError that says what is wrong."""
    root = _root(path)
    providers = [one for one in root.iter(f"{_MD}EntityDescriptor") if _role(one) is not None]
    if len(providers) != 1:
        raise ValueError(f"{path!r} describes {len(providers)} identity providers; one is expected")
    (entity,) = providers
    role = _role(entity)
    assert role is not None
    urls = [one.get("Location", "") for one in _redirects(role, "SingleSignOnService")]
    ends = _redirects(role, "SingleLogoutService")
    slo_url = ends[0].get("Location", "") if ends else ""
    answers_url = ends[0].get("ResponseLocation", "") if ends else ""
    keys = [one for one in role.findall(f"{_MD}KeyDescriptor") if one.get("use") != "encryption"]
    texts = [found.text or "" for one in keys for found in one.iter(_CERTIFICATE)]
    name = entity.get("entityID", "")
    if not name or not urls or not texts:
        needed = "an entityID, an address for HTTP-Redirect and a certificate to sign with"
        raise ValueError(f"{path!r} has not all of these: {needed}")
    try:
        return IdpMetadata(
            name, sso_url(urls[0]), tuple(dict.fromkeys(map(certificate, texts))),
            sso_url(slo_url) if slo_url else "", sso_url(answers_url) if answers_url else "",
        )  # fmt: skip
    except ValueError as error:
        raise ValueError(f"{path!r}: {error}") from None


def _redirects(role: ElementTree.Element, service: str) -> list[ElementTree.Element]:
    """Its addresses of one kind that browsers can be led to."""
    return [one for one in role.findall(f"{_MD}{service}") if one.get("Binding") == _REDIRECT]


def _role(entity: ElementTree.Element) -> ElementTree.Element | None:
    return entity.find(f"{_MD}IDPSSODescriptor")


def _root(path: str) -> ElementTree.Element:
    text = read_text(path, MAX_BYTES)
    try:
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ValueError
        # Without a doctype there are no entities that could grow or reach out.
        return ElementTree.fromstring(text.encode())  # noqa: S314
    except (ValueError, LookupError, ElementTree.ParseError):
        raise ValueError(f"{path!r} is no metadata of SAML in UTF-8, without a doctype") from None
