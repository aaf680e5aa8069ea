"""What the composition root hands to a gateway worker: one immutable snapshot.

`config` (what users write, pydantic) is compiled to these structs by `app`, sent to the workers
as msgpack, and swapped atomically. A worker never reads a file and never imports pydantic.
"""

import msgspec

from vedette.model.ingest import IngestSettings
from vedette.model.mail import MailSettings
from vedette.model.policy import Policy
from vedette.model.probe import ConfiguredProbe
from vedette.model.signon import SignOnSettings
from vedette.model.tenant import ScopedAllowance


class Timeouts(msgspec.Struct, frozen=True, kw_only=True):
    """Deadlines of one attempt, seconds."""

    connect_s: float = 3.0
    first_byte_s: float = 30.0
    """From the last request byte to the response head."""
    whole_s: float | None = None
    """The same for an answer that comes whole, whose head follows its last token; None: no other
    than for streams."""
    first_token_s: float = 60.0
    """From the last request byte to the first output of a stream."""
    idle_s: float = 30.0
    """Between two pieces of an answer."""
    total_s: float = 600.0
    websocket_idle_s: float = 600.0
    """Between two pieces over an open WebSocket, in either direction."""
    websocket_total_s: float = 7200.0
    """For an open WebSocket, in the place of `total_s`."""

    def head_s(self, *, stream: bool, may_follow: bool) -> float:
        """Seconds until the head is due; `may_follow`: another target may answer in its place."""
        if stream or self.whole_s is None:
            return self.first_byte_s
        return min(self.whole_s, WHOLE_S) if may_follow else self.whole_s


WHOLE_S = 90.0


class ProviderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One configured provider, ready to be called."""

    name: str
    kind: str
    base_url: str
    """Scheme, authority and path prefix; no trailing slash."""
    api_key: str = ""
    """Empty: the client's own credential is forwarded."""
    api_keys: tuple[str, ...] = ()
    """All of its keys where it has several, to be used in turn; `api_key` is the first of them."""
    auth: str = "bearer"
    """How `api_key` is sent: `bearer`, `api-key` (Azure), `x-api-key` (Anthropic) or `none`."""
    path_auth: tuple[tuple[str, str], ...] = ()
    """(path prefix after `base_url`, auth style) pairs that win over `auth`; first match counts.

    Anthropic's OpenAI-compatible path takes a bearer token, its native paths want `x-api-key`.
    """
    path_roots: tuple[tuple[str, str], ...] = ()
    """(path prefix after `base_url`, path from the root of its host) pairs: there such a path
    begins instead of at `base_url`; first match counts.

    DeepSeek serves OpenAI's format under `/v1` and Anthropic's under `/anthropic/v1`.
    """
    headers: tuple[tuple[str, str], ...] = ()
    """Sent with every request of this provider; replace what the client sent."""
    default_headers: tuple[tuple[str, str], ...] = ()
    """Sent where the client sent no header of that name."""
    models: tuple[str, ...] = ()
    """Bare model names (globs) that resolve to this provider."""
    timeouts: Timeouts = Timeouts()
    stream_usage: bool = True
    """Whether the provider takes `stream_options.include_usage`."""
    max_connections: int = 4096
    max_concurrency: int | None = None
    """Calls at a time from one worker; None: no limit but that of the connections."""
    queue_size: int = 100
    """Calls that may wait for a place; only with `max_concurrency`."""
    queue_wait_s: float = 10.0
    verify_tls: bool = True
    ca_file: str = ""
    price_provider: str = ""
    """The provider's id in the price index; empty: unpriced."""
    dialects: tuple[str, ...] = ("openai_chat", "openai_completions", "openai_embeddings")
    """What it speaks, the best first."""
    options: dict[str, str] = {}
    """What only this kind needs: `region`, `access_key_id`, `secret_access_key`, `session_token`
    (AWS); `project`, `location`, `credentials_json` (Google); `api_version`, `tenant_id`,
    `client_id`, `client_secret`, `authority` (Azure). What is not set is not there."""


class WhenSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a call must be like; all that is set must hold."""

    models: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    min_input_tokens: int | None = None
    max_input_tokens: int | None = None
    capabilities: tuple[str, ...] = ()


class TargetSettings(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    model: str = ""
    """Empty: the model the client named."""
    weight: float = 1.0
    when: WhenSettings | None = None


class RouteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """As in the configuration (`config.route`)."""

    model: str
    strategy: str = "fallback"
    retries: int = 2
    targets: tuple[TargetSettings, ...]
    timeouts: Timeouts | None = None
    on_break: str = "error"
    cooldown_s: float = 10.0
    hedge_after_s: float | None = None
    sticky: str = ""
    on_context_window: str = "error"
    on_content_filter: str = "error"
    capture: str = ""


class LimitSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Caps and deadlines of the client side; sizes in bytes, times in seconds."""

    header_bytes: int = 65_536
    header_count: int = 128
    header_read_s: float = 15.0
    body_bytes: int = 134_217_728
    """A body that must be read whole (JSON); larger ones are 413."""
    body_read_s: float = 120.0
    """Between two pieces of a request body."""
    idle_s: float = 75.0
    """Of a kept-alive connection between two requests."""
    connections: int = 10_000
    buffered_bytes: int = 1_073_741_824
    """Request bodies held in memory by one worker; beyond it new ones are 503."""
    write_buffer_bytes: int = 262_144
    """Unsent answer bytes per client before reading from the provider pauses."""
    drain_s: float = 30.0


class OwnPrice(msgspec.Struct, frozen=True, kw_only=True):
    """What the user pays for a model, in atto-USD (1e-18) per token."""

    provider: str
    """Name of a configured provider."""
    model: str
    """Name or pattern (`*`, `?`)."""
    input_atto_usd: int
    output_atto_usd: int
    cache_read_atto_usd: int | None = None
    cache_write_atto_usd: int | None = None
    audio_input_atto_usd: int | None = None
    audio_output_atto_usd: int | None = None
    cache_read_audio_atto_usd: int | None = None
    web_search_atto_usd: int | None = None
    """Of one search, as the next."""
    file_search_atto_usd: int | None = None
    from_ns: int = 0
    """When it begins to hold."""


class AccessSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Who is let in beside the keys."""

    require_key: bool = False
    """Whether a key is asked for even where none exists."""
    tenant_header: str = ""
    """Names the project of a call, where `trusted_proxies` sent it."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks (CIDR)."""


class CacheSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Which answers are kept to be given again."""

    enabled: bool = False
    ttl_s: float = 3600.0
    max_bytes: int = 268_435_456
    """Of one worker."""
    any_temperature: bool = False
    """Whether answers of models that draw lots are kept too."""
    semantic_threshold: float | None = None
    """How close two questions must be to get the same answer; None: they must be equal."""
    pace_events_per_s: float = 0.0
    """How fast kept streams are told again; 0: at once."""
    shared_max_bytes: int = 1_073_741_824
    """Of all machines, where they share their answers."""


class RedisSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where several machines meet."""

    url: str
    """With the password, where there is one."""
    ca_file: str = ""
    """Whom a server with TLS is checked against; empty: those the system trusts."""
    prefix: str = "vedette"
    timeout_s: float = 1.0


class GuardSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for in the texts of calls, and what follows."""

    policy: Policy | None = None
    """None: nothing is looked at."""
    stream: str = "window"
    """`window`: what was looked at passes while the rest is written; `whole`: nothing before
    all of it was looked at; `optimistic`: everything, until a rule blocks."""
    hold_chars: int = 128
    """Of a text that is still being written, how much at its end waits."""
    blocked: str = "error"
    """`error` or `answer`: how a blocked call ends."""
    private_hosts: tuple[str, ...] = ()
    """Private addresses that rules may have asked: names, addresses, networks."""
    webhook_secret: str = ""
    """Signs what is sent to web services; empty: nothing is signed."""


class GatewaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """The whole snapshot of a worker."""

    version: int
    """Counts up with each reload of the configuration."""
    providers: tuple[ProviderSettings, ...] = ()
    routes: tuple[RouteSettings, ...] = ()
    default_provider: str = ""
    """Where bare model names and pass-through calls go when nothing else matches."""
    api_keys: tuple[str, ...] = ()
    """SHA-256 (hex) of the keys a client may present; empty: no key is asked for."""
    access: AccessSettings = AccessSettings()
    access_file: str = ""
    """Where the core writes the virtual keys (`model.tenant.AccessSnapshot`); empty: none."""
    policies_file: str = ""
    """Where the core writes the policies (`model.governance.PolicySnapshot`); empty: none."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names accepted in `Host`; empty: any."""
    allowed_origins: tuple[str, ...] = ()
    """Origins accepted in `Origin`; a request with any other is refused."""
    limits: LimitSettings = LimitSettings()
    cache: CacheSettings = CacheSettings()
    guard: GuardSettings = GuardSettings()
    prices: tuple[OwnPrice, ...] = ()
    """What the user pays instead of the list price."""
    allowances: tuple[ScopedAllowance, ...] = ()
    """Budgets and limits by user, session, model, tag and the like."""
    prices_file: str = ""
    """Newer list prices, where there is such a file; empty: those of this version."""
    counters_file: str = ""
    """Where the workers count together what is used of limits; empty: each on its own."""
    capture: str = "full"
    max_body_bytes: int = 262_144
    spill_dir: str = ""
    """Where records wait while the core is away; empty: memory only."""
    spill_bytes: int = 1_073_741_824
    buffer_records: int = 10_000
    buffer_bytes: int = 67_108_864
    collector: str = ""
    """Path of the core's unix socket."""
    purges_file: str = ""
    """Where the core says which kept answers are to be forgotten; empty: nowhere."""
    redis: RedisSettings | None = None
    """Where machines share limits and answers; None: there is one machine."""
    environment: str = ""
    """Deployment environment of calls that name none; so `release`."""
    release: str = ""
    health_file: str = ""
    """Where the workers tell each other which targets are open; empty: each on its own."""
    hash_key: bytes = b""
    """Keys the hashes of capture mode `hash`; the same in all processes."""
    log_level: str = "info"
    log_format: str = "console"


class ProviderSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What the console may know of a provider: no credential."""

    name: str
    kind: str
    base_url: str
    has_key: bool
    models: tuple[str, ...] = ()
    dialects: tuple[str, ...] = ()


class OtlpSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The doors for spans of others."""

    http: str = ""
    """Address; empty: none."""
    grpc: str = ""
    allowed_hosts: tuple[str, ...] = ()
    """Host names accepted in `Host` over HTTP; empty: any."""
    key_sha256: tuple[str, ...] = ()
    """SHA-256 (hex) of keys of the configuration that may send spans."""
    require_key: bool = False
    """Whether a key is asked for even where none exists."""


class AuditSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the signed checkpoints of the audit log go."""

    checkpoints: str = ""
    """File; empty: none (profile `memory`)."""
    checkpoint_s: float = 60.0
    webhook: str = ""
    key: bytes = b""
    """Seed of the signing key where the environment gives it; else a file has it."""


class AlertSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How alerts are watched and sent."""

    every_s: int = 15
    keep_days: int = 90
    private_receivers: bool = False
    console_url: str = ""


class DriftSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Whether and how answers are compared with earlier ones while they come."""

    watch: bool = True
    baseline_calls: int = 100
    calls_per_false_alarm: float = 50_000.0
    cpu_share: float = 0.05
    run_probes: bool = True
    probe_usd_per_day: float = 5.0
    """What all probes of a project may cost together."""
    probes: tuple[ConfiguredProbe, ...] = ()


class CoreSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The snapshot of the core process."""

    version: int
    profile: str = "lite"
    path: str = "./vedette-data"
    """Directory of the store (profile `lite`)."""
    retention_days: int | None = None
    project_retention_days: dict[str, int] = {}
    """By id or name of the project, instead of `retention_days`."""
    collector: str = ""
    access_file: str = ""
    """Where the virtual keys are written for the workers."""
    policies_file: str = ""
    """Where the policies are written for the workers."""
    master_key: bytes = b""
    """Opens the vault of credentials where the environment gives the key; else a file has it."""
    spill_dir: str = ""
    capture: str = "full"
    token_sha256: str = ""
    """SHA-256 (hex) of the console's access token; empty: none is asked for."""
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    public_url: str = ""
    """Under which people reach the console; empty: as they ask for it, on loopback."""
    sign_on: SignOnSettings = SignOnSettings()
    mail: MailSettings | None = None
    gateway_url: str = ""
    command: str = "vedette"
    """How the program is called where it was started."""
    hash_key: bytes = b""
    private_hosts: tuple[str, ...] = ()
    webhook_secret: str = ""
    """Both as in `GuardSettings`."""
    audit_evaluations: bool = True
    """Whether harmful verdicts of `/guard/evaluate` get into the audit log."""
    otlp: OtlpSettings = OtlpSettings()
    ingest: IngestSettings = IngestSettings()
    redis: RedisSettings | None = None
    audit: AuditSettings = AuditSettings()
    providers: tuple[ProviderSummary, ...] = ()
    routing: GatewaySettings = GatewaySettings(version=0)
    """The gateway's snapshot without credentials and without the routes made in the console."""
    alerts: AlertSettings = AlertSettings()
    drift: DriftSettings = DriftSettings()
    route_places: tuple[str, ...] = ()
    """File and line of each route in `routing`."""
    routes_file: str = ""
    """Where the routes made in the console are kept."""
    figures_file: str = ""
    """Where the counters of all processes are kept as they were shown last."""
    log_level: str = "info"
    log_format: str = "console"
