"""The configuration as one typed tree. The docstring of each setting is its documentation.

`docs/configuration.md` is generated from here, and `vedette.example.yaml` is checked against it.
Validators (`values`) look at one value; what needs two settings stands in `checks`. Providers and
routes have their own pages, `provider` and `route`.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from vedette.config.access import AccessConfig
from vedette.config.alerts import AlertsConfig
from vedette.config.allowance import AllowanceConfig
from vedette.config.audit import AuditConfig
from vedette.config.drift import DriftConfig
from vedette.config.ingest import IngestConfig
from vedette.config.mail import MailConfig
from vedette.config.price import PriceConfig
from vedette.config.provider import ProviderConfig
from vedette.config.redis import RedisConfig
from vedette.config.route import RouteConfig
from vedette.config.values import (
    Bytes,
    CaptureMode,
    Count,
    Hosts,
    Listen,
    LogLevel,
    OptionalListen,
    OptionalSecret,
    OptionalUrl,
    Origins,
    Seconds,
    Secrets,
    Section,
)


def _not_production(value: str) -> str:
    if value == "production":
        raise ValueError(
            "expected lite or memory: the production profile (ClickHouse, PostgreSQL, Redis) "
            "arrives in a later version"
        )
    return value


class LimitsConfig(Section):
    """Caps and deadlines towards clients."""

    header_bytes: Annotated[int, Field(ge=1_024, le=1_048_576)] = 65_536
    """Size of a request head; more is answered with 431."""
    header_count: Annotated[int, Field(ge=8, le=10_000)] = 128
    """Number of header fields of a request; more is answered with 431."""
    header_read_s: Seconds = 15.0
    """Seconds a client may take to send a request head."""
    body_bytes: Bytes = 134_217_728
    """Size of a JSON body, which is read whole; more is answered with 413. Uploads that are
    passed through in pieces are not bound by it."""
    body_read_s: Seconds = 120.0
    """Seconds between two pieces of a request body."""
    idle_s: Seconds = 75.0
    """Seconds a connection may rest between two requests."""
    connections: Count = 10_000
    """Client connections of one worker; more are refused."""
    buffered_bytes: Bytes = 1_073_741_824
    """Request bodies held in memory by one worker; beyond it new ones are answered with 503."""
    write_buffer_bytes: Bytes = 262_144
    """Unsent answer bytes of one client before reading from the provider pauses."""
    drain_s: Seconds = 30.0
    """Seconds that running answers get to finish on shutdown."""


class ServerConfig(Section):
    """What the gateway and the console have in common."""

    allowed_hosts: Hosts = ()
    """Host names accepted in the `Host` header. Empty: on a loopback address localhost,
    127.0.0.1 and ::1 (which stops DNS rebinding), on any other address all."""
    allowed_origins: Origins = ()
    """Web origins (scheme, host, port) whose pages may call this server besides its own."""


class GatewayConfig(ServerConfig):
    """The door for LLM clients."""

    listen: Listen = "127.0.0.1:4000"
    """Address of the gateway. Another than loopback needs `api_keys`."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Worker processes that share the address."""
    api_keys: Secrets = ()
    """Keys that clients may present, as they are or as `sha256:<hex>`. Empty: none is asked for."""
    default_provider: str = ""
    """Provider for model names that nothing else resolves. Empty: the first of kind openai, else
    the first one."""
    sim: bool = True
    """Whether the built-in simulated provider `sim` can be called (model `sim/chat`)."""
    environment: Annotated[str, Field(max_length=200)] = ""
    """Deployment environment of calls that name none by `x-vedette-environment`."""
    release: Annotated[str, Field(max_length=200)] = ""
    """Release of the application for calls that name none by `x-vedette-release`."""
    limits: LimitsConfig = LimitsConfig()
    """Caps and deadlines towards clients."""


class ConsoleConfig(ServerConfig):
    """The door for people: web console and API."""

    listen: Listen = "127.0.0.1:4001"
    """Address of the console. Another than loopback needs `token`."""
    token: OptionalSecret = None
    """Bearer token that the console and its API ask for. Empty: none, on loopback only."""
    public_url: OptionalUrl = None
    """Address under which people reach the console, such as https://vedette.example.com: in links
    that are sent, and for providers of log-ins. With https the session cookie travels over https
    only. Empty: on loopback the address that the browser asks."""


class OtlpConfig(Section):
    """The doors for spans of other programs. An address that is taken is left out with a warning:
    the console takes OTLP over HTTP, too. Another than loopback needs `console.token`,
    `gateway.api_keys` or `access.require_key`."""

    http: OptionalListen = "127.0.0.1:4318"
    """Address for OTLP over HTTP. Empty: none."""
    grpc: OptionalListen = "127.0.0.1:4317"
    """Address for OTLP over gRPC, which needs `pip install 'vedette[grpc]'`. Empty: none."""


class StorageConfig(Section):
    """Where spans and records are kept."""

    profile: Annotated[Literal["lite", "memory", "production"], AfterValidator(_not_production)] = (
        "lite"
    )
    """`lite`: SQLite files under `path`. `memory`: nothing survives a restart. `production`
    arrives in a later version."""
    path: Annotated[str, Field(min_length=1)] = "./vedette-data"
    """Directory of the files; relative to the directory Vedette is started in."""
    retention_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    """Days after which spans are deleted. Empty: they are kept."""
    project_retention_days: dict[str, Annotated[int, Field(ge=1, le=36_500)]] = Field(
        default_factory=dict
    )
    """Days for single projects, by id or name, instead of those of all."""
    spill_bytes: Bytes = 1_073_741_824
    """Size of the files in which records wait while the core is away."""
    buffer_records: Count = 10_000
    """Records a worker holds in memory before it spills."""
    buffer_bytes: Bytes = 67_108_864
    """Size of the records a worker holds in memory before it spills."""


class CaptureConfig(Section):
    """What is recorded of a call."""

    mode: CaptureMode = "full"
    """`full`: messages as they are. `redacted`: with secrets and personal data masked. `hash`:
    only their digests. `none`: no content, only figures."""
    max_body_bytes: Annotated[int, Field(ge=0, le=67_108_864)] = 262_144
    """Bytes recorded of each request and each answer; the rest is left out of the record."""


class CacheConfig(Section):
    """Answers that were paid for once are given again."""

    enabled: bool = False
    """Whether equal calls are answered from the cache. A call may ask for it or refuse it
    (`cache-control`, `x-vedette-cache`)."""
    ttl_s: Annotated[float, Field(gt=0, le=31_536_000, allow_inf_nan=False)] = 3600.0
    """Seconds an answer is kept."""
    max_bytes: Bytes = 268_435_456
    """Size of the kept answers in the memory of one worker; the least recently used goes first."""
    any_temperature: bool = False
    """Whether answers are kept also where `temperature` is not 0."""
    semantic_threshold: Annotated[float, Field(ge=0.5, le=1)] | None = None
    """Cosine from which on a question whose last words mean the same gets the kept answer; all else
    must be equal. Needs `pip install 'vedette[semantic]'`. Empty: questions must be equal."""
    pace_events_per_s: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] = 0.0
    """Events a second at which kept streams are told again, for interfaces that show text as it is
    written. 0: all at once."""
    shared_max_bytes: Bytes = 1_073_741_824
    """Size of the kept answers of all machines together, where they share them (`redis.url`); the
    soonest to expire goes first."""


class GuardConfig(Section):
    """What is looked for in the texts of calls, and what follows."""

    policy: str = ""
    """Name of a bundled policy (`balanced`, `strict`, `privacy`, `agents`) or path of a YAML file.
    Empty: nothing is looked at."""
    mode: Literal["enforce", "shadow"] = "enforce"
    """With `shadow` all rules of the policy only report what they would have done."""
    stream: Literal["window", "whole", "optimistic"] = "window"
    """Streamed answers: `window` lets pass what was looked at while the rest is written; `whole`
    lets nothing pass before all of it was looked at; `optimistic` lets everything pass at once and
    ends the stream where a rule blocks. A policy may say it for itself."""
    hold_chars: Annotated[int, Field(ge=32, le=8_192)] = 128
    """Of a streamed text that is still being written, the characters at its end that wait."""
    blocked: Literal["error", "answer"] = "error"
    """How a blocked call ends: with an error, or with the rule's words as an answer whose finish
    reason is `content_filter`."""
    private_hosts: tuple[str, ...] = ()
    """Hosts in private networks that policies and callbacks may post to: names, addresses or
    networks (`10.1.0.0/16`). All others there are refused."""
    webhook_secret: OptionalSecret = None
    """Signs what is posted to web services (Standard Webhooks); `whsec_` and base64, or any word.
    Without one nothing is signed."""
    audit_evaluations: bool = True
    """Whether verdicts of `/guard/evaluate` other than `allow` get into the audit log, as those on
    calls do."""


class LoggingConfig(Section):
    """What Vedette writes about itself."""

    level: LogLevel = "info"
    """Least serious message that is written."""
    format: Literal["console", "json"] = "console"
    """`console` for people, `json` (one object a line) for machines."""


class Config(Section):
    """The whole configuration."""

    gateway: GatewayConfig = GatewayConfig()
    """The door for LLM clients."""
    console: ConsoleConfig = ConsoleConfig()
    """The door for people: web console and API."""
    otlp: OtlpConfig = OtlpConfig()
    """The doors for spans of other programs."""
    ingest: IngestConfig = IngestConfig()
    """How much other programs may send, and which traces are kept."""
    storage: StorageConfig = StorageConfig()
    """Where spans and records are kept."""
    redis: RedisConfig = RedisConfig()
    """Where several machines meet."""
    access: AccessConfig = AccessConfig()
    """Who is let in: programs at the gateway, people at the console."""
    providers: tuple[ProviderConfig, ...] = ()
    """Places where models can be called."""
    routes: tuple[RouteConfig, ...] = ()
    """Model names for clients, and who answers to them."""
    prices: tuple[PriceConfig, ...] = ()
    """What you pay, where that is not the list price, and for models of your own."""
    allowances: tuple[AllowanceConfig, ...] = ()
    """What users, sessions, models, tags and the like may spend and ask; keys, projects and
    organizations can have budgets and limits of their own besides."""
    cache: CacheConfig = CacheConfig()
    """Answers that were paid for once are given again."""
    guard: GuardConfig = GuardConfig()
    """What is looked for in the texts of calls, and what follows."""
    mail: MailConfig = MailConfig()
    """The mail server that takes invitations and links to set a password."""
    alerts: AlertsConfig = AlertsConfig()
    """How alerts are watched and sent."""
    drift: DriftConfig = DriftConfig()
    """Whether answers are compared with earlier ones while they come."""
    capture: CaptureConfig = CaptureConfig()
    """What is recorded of a call."""
    audit: AuditConfig = AuditConfig()
    """Who did what: logged without a gap, signed, and exported so that nobody can rewrite it."""
    logging: LoggingConfig = LoggingConfig()
    """What Vedette writes about itself."""
