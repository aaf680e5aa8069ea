"""Who logs in how, as the core is told: from the configuration to settings."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from vedette.access.desk import AccessDesk
from vedette.access.signon.desk import SignOnDesk
from vedette.clock import Clock
from vedette.config.saml import SamlConfig
from vedette.config.saml_keys import read_saml_keys
from vedette.config.saml_metadata import metadata_of
from vedette.config.schema import Config
from vedette.config.signon import OidcConfig, SignOnConfig
from vedette.errors import ConfigError
from vedette.model.settings import AccessSettings, CoreSettings
from vedette.model.signon import Admission, OidcSettings, SamlSettings, SignOnSettings
from vedette.ports.stores import Records


def open_access(
    settings: CoreSettings, records: Records, data: Path | None, clock: Clock
) -> AccessDesk:
    """Tenants, keys and users; `data` is the directory of the installation."""
    return AccessDesk(
        records, clock, file=Path(settings.access_file) if settings.access_file else None,
        secret=settings.hash_key, users=data / "users.known" if data else None,
    )  # fmt: skip


def open_sign_on(
    access: AccessDesk, settings: Callable[[], CoreSettings], clock: Clock
) -> SignOnDesk:
    """Log-ins through the providers that the settings name at the time."""
    return SignOnDesk(
        access, lambda: settings().sign_on, clock, chance=os.urandom, secret=settings().hash_key
    )


def access_settings(config: Config) -> AccessSettings:
    """What the gateway knows of it."""
    access = config.access
    return AccessSettings(
        require_key=access.require_key, tenant_header=access.tenant_header,
        trusted_proxies=access.trusted_proxies,
    )  # fmt: skip


def sign_on_settings(config: Config) -> SignOnSettings:
    return SignOnSettings(
        passwords=config.access.passwords,
        oidc=tuple(map(_oidc, config.access.oidc)),
        saml=tuple(map(_saml, config.access.saml)),
        private_hosts=config.guard.private_hosts,
    )


def console_hosts(config: Config, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Besides those that are allowed anyway: the one under which people reach the console."""
    url = config.console.public_url
    if not hosts or url is None:
        return hosts
    return tuple(dict.fromkeys((*hosts, (urlsplit(url).hostname or "").lower())))


def _oidc(one: OidcConfig) -> OidcSettings:
    secret = one.client_secret
    return OidcSettings(
        name=one.name, label=one.label, issuer=one.issuer, client_id=one.client_id,
        client_secret="" if secret is None else secret.get_secret_value(),
        scopes=one.scopes, groups_claim=one.groups_claim, assume_verified=one.assume_verified,
        end_session=one.end_session, admission=_admission(one),
    )  # fmt: skip


def _saml(one: SamlConfig) -> SamlSettings:
    try:
        found = metadata_of(one)
        keys = read_saml_keys(one.key_file) if one.key_file is not None else ()
    except ValueError as error:
        raise ConfigError(f"access.saml {one.name!r}: {error}.") from None
    return SamlSettings(
        name=one.name, label=one.label, entity_id=found.entity_id, sso_url=found.sso_url,
        certificates=found.certificates, slo_url=found.slo_url,
        slo_response_url=found.slo_response_url, end_session=one.end_session, keys=keys,
        idp_initiated=one.idp_initiated, email_attribute=one.email_attribute,
        groups_attribute=one.groups_attribute, admission=_admission(one),
    )  # fmt: skip


def _admission(one: SignOnConfig) -> Admission:
    return Admission(
        allowed_domains=one.allowed_domains, create_users=one.create_users,
        organization=one.organization, role=one.role, roles=dict(one.roles),
    )  # fmt: skip
