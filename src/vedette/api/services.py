"""What the console API is built from; the composition root hands it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vedette.access.desk import AccessDesk
from vedette.access.signon.desk import SignOnDesk
from vedette.access.vault import Vault
from vedette.alerts.desk import AlertDesk
from vedette.api.cache_shapes import CacheKeeper
from vedette.api.callbacks import Callbacks
from vedette.api.drift_desk import DriftDesk
from vedette.api.evaluating import Note
from vedette.api.live import LiveFeed
from vedette.api.provider_shapes import ProviderDetail, ProviderStatus
from vedette.api.route_desk import RouteDesk
from vedette.api.schemas import SubsystemHealth
from vedette.audit.desk import AuditDesk
from vedette.clock import Clock
from vedette.costs.savings import Saving
from vedette.costs.spending import Spending
from vedette.drift.probes.desk import ProbeDesk
from vedette.guard.book import PolicyBook
from vedette.guard.desk import GuardDesk
from vedette.guard.feedback import FeedbackBook
from vedette.guard.jobs import Jobs
from vedette.model.compliance import ComplianceReport, Framework
from vedette.model.ingest import QuotaUse
from vedette.model.ledger import LedgerSum
from vedette.model.policy import Policy
from vedette.model.sampling import KEEPS_ALL, SamplingState
from vedette.model.tenant import ScopedAllowance
from vedette.ports.findings import Findings
from vedette.ports.intake import Intake
from vedette.ports.ledger import Ledger
from vedette.ports.mail import Mailer
from vedette.ports.stores import Records, SpanStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """How the console is reached and what it says of itself."""

    allowed_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    """Names accepted in `Host`, without port; empty: any."""
    allowed_origins: tuple[str, ...] = ()
    """Origins accepted besides the console's own, such as `https://vedette.example.org`."""
    token_sha256: str = ""
    """SHA-256 (hex) of the access token; empty: no token is asked for."""
    session_key: bytes = b""
    """Signs session cookies; empty: derived from the token, so a new token ends all sessions."""
    session_ttl_s: int = 43_200
    public_url: str = ""
    """Under which people reach the console; empty: as they ask for it, on loopback."""
    secure_cookie: bool = False
    """True behind TLS: the cookie then travels over https only."""
    static_dir: Path | None = None
    """Where the built UI lies; None: the one inside the package."""
    max_body_bytes: int = 1_048_576
    project_id: str = "default"
    profile: str = "lite"
    capture: str = "full"
    gateway_url: str = "http://127.0.0.1:4000"
    command: str = "vedette"
    """How the program is called where it was started."""


class MakeReport(Protocol):
    """Makes a compliance report; may block."""

    def __call__(
        self, framework: Framework, *, from_ns: int, to_ns: int, organization: str = "",
        alone: bool = False,
    ) -> ComplianceReport: ...  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiServices:
    """Everything the API reads from or writes to.

    The callables run in worker threads: they must be thread-safe and may block briefly.
    """

    store: SpanStore
    records: Records
    clock: Clock
    settings: ApiSettings
    live: LiveFeed
    health: Callable[[], Sequence[SubsystemHealth]]
    metrics_text: Callable[[], bytes]
    """The Prometheus text exposition."""
    providers: Callable[[], Sequence[ProviderStatus]]
    version: str
    provider: Callable[[str], ProviderDetail | None] = lambda _name: None
    """One provider with its history; None where none of this name is configured."""
    routes: RouteDesk | None = None
    """Routes and where requests would go; None: the endpoints say that there are none."""
    guard: GuardDesk | None = None
    """Verdicts on texts; None: the endpoint says that there is none."""
    callbacks: Callbacks | None = None
    """Evaluates for those who do not wait; None: everybody has to."""
    note_verdicts: Note = lambda _events: None
    """Has what the guard decided on texts in the audit log."""
    policies: PolicyBook | None = None
    """Policies of the console; None: the endpoints say that there are none."""
    findings: Findings | None = None
    """What rules fired on; None: the endpoints say that there is nothing."""
    feedback: FeedbackBook | None = None
    replays: Jobs | None = None
    configured_policy: Callable[[], Policy | None] = lambda: None
    """The policy that the configuration names."""
    access: AccessDesk | None = None
    """Organizations, projects and keys; None: the endpoints say that there are none."""
    sign_on: SignOnDesk | None = None
    """Log-ins through others; None: passwords alone."""
    mailer: Callable[[], Mailer | None] = lambda: None
    """The mail server; None: no mail is sent."""
    vault: Vault | None = None
    """Credentials of providers; None: the endpoints say that there is none."""
    rules: Callable[[], Sequence[ScopedAllowance]] = tuple
    """Allowances of the configuration."""
    ledger: Ledger | None = None
    """What calls used and cost; None: the endpoints say that there is none."""
    spending: Spending | None = None
    """What is left of budgets; None: the endpoints say that there is none."""
    savings: Callable[[Sequence[LedgerSum]], Sequence[Saving]] = lambda _sums: ()
    """Where calls would have cost less, from their sums by provider and model."""
    cache: CacheKeeper | None = None
    """Kept answers; None: the endpoints say that there are none."""
    audit: AuditDesk | None = None
    """The audit log; None: nothing is logged, and the endpoints say that there is none."""
    compliance: MakeReport | None = None
    """Makes compliance reports; None: the endpoint says that it cannot."""
    quotas: Callable[[str], Sequence[QuotaUse]] = lambda _project_id: ()
    """What a project and its keys sent of what they may."""
    sampling: Callable[[str], SamplingState] = lambda _project_id: KEEPS_ALL
    """What sampling does with a project."""
    intake: Intake | None = None
    """Takes spans of other programs; None: the endpoints say that there is none."""
    alerts: AlertDesk | None = None
    """Rules, channels and what they saw; None: the endpoints say that there are none."""
    drift: DriftDesk | None = None
    """The watch on drift; None: the endpoints say that there is none."""
    probes: ProbeDesk | None = None
    """Golden probes; None: the endpoints say that there are none."""
