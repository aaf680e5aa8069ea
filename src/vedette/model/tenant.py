"""Who pays and what they may do: organizations, projects and virtual keys.

A key is `vdt_<public>_<secret>`; what is stored is its public half and the SHA-256 of the whole
(the secret has 192 random bits, so no slow hash is needed). The snapshot of all of it travels to
the workers as a file (`gateway.tenants`), so that a call is identified with one look-up in memory.
"""

from typing import Literal

import msgspec

from vedette.model.budget import Scope

BudgetWindow = Literal["total", "1h", "1d", "30d", "month"]
BudgetAction = Literal["block", "throttle", "reroute"]
OnFailure = Literal["open", "closed"]


class Budget(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Money that may be spent in a window."""

    limit_nano_usd: int
    window: BudgetWindow = "total"
    action: BudgetAction = "block"
    soft: tuple[float, ...] = (0.8,)
    """Shares of the limit that are told of when they are passed."""
    timezone: str = "UTC"
    """Of the window `month`."""
    reroute_to: str = ""
    """Model name that answers when a budget with the action `reroute` is used up; empty: the
    cheapest target of the route."""


class Limits(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What may be asked in a minute, and at a time."""

    rpm: int | None = None
    """Requests a minute."""
    tpm: int | None = None
    """Tokens a minute, input and output."""
    concurrency: int | None = None
    cost_per_minute_nano_usd: int | None = None


class Allowance(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Budgets and limits of one scope."""

    budgets: tuple[Budget, ...] = ()
    limits: Limits = Limits()
    on_failure: OnFailure = "open"
    """Whether calls go on where what is used cannot be told."""


class ScopedAllowance(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What all of a kind may spend and ask, each counted by itself."""

    scope: Scope
    name: str = "*"
    """Who is meant: a name or a pattern (`*`, `?`)."""
    project: str = ""
    """Only within this project; empty: in all."""
    together: bool = False
    """Whether all that match share the allowance."""
    allowance: Allowance = Allowance()

    @property
    def place(self) -> tuple[str, str, str]:
        """Two of the same place would count the same twice."""
        return self.scope, self.name, self.project


class Organization(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A tenant."""

    id: str
    name: str
    created_ns: int = 0
    allowance: Allowance = Allowance()


class Project(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The unit of isolation of an organization."""

    id: str
    name: str
    organization_id: str = "default"
    created_ns: int = 0
    allowance: Allowance = Allowance()
    retention_days: int | None = None
    """Days after which its spans are deleted; None: as the configuration says. The shorter of the
    two holds."""


class Scopes(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a key may be used for; empty lists allow everything."""

    models: tuple[str, ...] = ()
    """Patterns (`*`, `?`) of model names, as clients write them."""
    routes: tuple[str, ...] = ()
    endpoints: tuple[str, ...] = ()
    """Patterns of paths."""
    ips: tuple[str, ...] = ()
    """Addresses and networks (CIDR) that may call."""


class VirtualKey(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A key of a project, without its secret."""

    id: str
    """The public half."""
    sha256: str
    """Hex digest of the whole key."""
    project_id: str
    organization_id: str = "default"
    name: str = ""
    owner: str = ""
    scopes: Scopes = Scopes()
    allowance: Allowance = Allowance()
    metadata: dict[str, str] = {}
    created_ns: int = 0
    expires_ns: int | None = None
    disabled: bool = False
    replaced_by: str = ""
    """The key that took its place; this one works until it expires."""
    replaces: str = ""
    """The first key of a row of rotations."""

    @property
    def account_id(self) -> str:
        """Under which id its money and limits are counted: a rotation does not start them anew."""
        return self.replaces or self.id


class AccessSnapshot(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Everything a worker must know to let calls in."""

    version: int = 0
    """Counts up with each change."""
    organizations: tuple[Organization, ...] = ()
    projects: tuple[Project, ...] = ()
    keys: tuple[VirtualKey, ...] = ()
    allowances: tuple[ScopedAllowance, ...] = ()
    """Those made in the console; each with a place of its own."""
    closed: bool = False
    """Whether a key was ever made: then one is asked for, even after the last has gone."""


DEFAULT = "default"
"""Organization and project of calls without a virtual key."""
