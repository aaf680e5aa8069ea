"""What well-formed log-ins through providers can still get wrong."""

from collections.abc import Iterator
from importlib.util import find_spec

from vedette.config.access import AccessConfig
from vedette.config.saml import SamlConfig
from vedette.config.saml_keys import read_saml_keys
from vedette.config.saml_metadata import metadata_of
from vedette.config.signon import OidcConfig, SignOnConfig

Path = tuple[str | int, ...]
Finding = tuple[Path, str]


def check_sign_on(access: AccessConfig) -> Iterator[Finding]:
    """Paths begin below `access`."""
    providers: list[tuple[str, int, SignOnConfig]] = [
        *(("oidc", index, one) for index, one in enumerate(access.oidc)),
        *(("saml", index, one) for index, one in enumerate(access.saml)),
    ]
    if not access.passwords and not providers:
        message = "without passwords a provider is needed: see access.oidc and access.saml"
        yield ("passwords",), message
    names: dict[str, str] = {}
    for kind, index, one in providers:
        path: Path = (kind, index)
        if one.name in names:
            yield (*path, "name"), f"{one.name!r} is already the name of {names[one.name]}"
        names.setdefault(one.name, f"access.{kind}[{index}]")
        if one.create_users and not one.allowed_domains:
            message = "needs allowed_domains: else anybody could make himself a user"
            yield (*path, "create_users"), message
        findings = _oidc(one) if isinstance(one, OidcConfig) else _saml(one)
        yield from (((*path, *where), what) for where, what in findings)
    yield from _entities(access)
    if access.saml and find_spec("signxml") is None:
        yield ("saml",), "needs what is not installed: pip install 'vedette[saml]'"


def _oidc(one: OidcConfig) -> Iterator[Finding]:
    if one.assume_verified and not one.allowed_domains:
        yield ("assume_verified",), "needs allowed_domains"


def _saml(one: SignOnConfig) -> Iterator[Finding]:
    assert isinstance(one, SamlConfig)
    if not one.allowed_domains:
        message = "is needed: SAML does not say whether an address is verified"
        yield ("allowed_domains",), message
    if one.slo_url and one.key_file is None:
        yield ("slo_url",), "needs key_file: log-outs are signed"
    try:
        metadata_of(one)
    except ValueError as error:
        yield ("idp_metadata_file",), str(error)
    try:
        if one.key_file is not None:
            read_saml_keys(one.key_file)
    except ValueError as error:
        yield ("key_file",), str(error)


def _entities(access: AccessConfig) -> Iterator[Finding]:
    """Users are known by their provider's: two of one name could speak for each other's."""
    first: dict[str, int] = {}
    for index, one in enumerate(access.saml):
        try:
            name = metadata_of(one).entity_id
        except ValueError:
            continue
        if name in first:
            yield ("saml", index, "entity_id"), f"{name!r} is that of access.saml[{first[name]}]"
        first.setdefault(name, index)
