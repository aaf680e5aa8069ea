"""Who is let in."""

import pytest
from pydantic import ValidationError

from vedette.config.access import AccessConfig


def test_nothing_is_asked_for_by_default() -> None:
    access = AccessConfig()
    assert (access.require_key, access.tenant_header, access.trusted_proxies) == (False, "", ())


def test_networks_may_be_text() -> None:
    access = AccessConfig.model_validate({"trusted_proxies": "10.0.0.1/8, ::1"})
    assert access.trusted_proxies == ("10.0.0.0/8", "::1/128")


@pytest.mark.parametrize(
    "fields", [{"trusted_proxies": ["ten"]}, {"tenant_header": "x-tenant"}, {"require_key": "x"}]
)
def test_nonsense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AccessConfig.model_validate(fields)
