"""The book of policies, with the tenants that scopes name."""

from pathlib import Path

import pytest

from tests.support.auditing import Office
from vedette.access.desk import AccessDesk
from vedette.app.policies import in_force, resolving
from vedette.guard.compiling import Tenant
from vedette.model.tenant import Allowance


@pytest.mark.parametrize("tenant", ["organization", "project", "key"])
def test_a_scope_names_what_there_is(tmp_path: Path, tenant: Tenant) -> None:
    office = Office(tmp_path)
    access = AccessDesk(office.records, office.clock)
    organization = access.organizations.create("Acme", Allowance()).value
    project = access.projects.create("shop", organization.id, Allowance()).value
    resolve = resolving(access)
    assert resolve(tenant, "nobody") is None
    if tenant == "organization":
        assert resolve(tenant, "Acme") == resolve(tenant, organization.id) == organization.id
    elif tenant == "project":
        assert resolve(tenant, "shop") == resolve(tenant, project.id) == project.id
    office.close()


def test_nothing_is_in_force_at_first(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert in_force(office.records, office.clock).policies == ()
    office.close()
