"""Asks providers for signs of life that nobody is billed for: a connection, a token, a model list.

What `vedette providers test` shows. Each step has a verdict: `ok`, `failed`, or `unclear` where the
provider answers and yet nothing can be said (it has no model list, or asks for the credential that
a client would bring).
"""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from vedette.app.providers import has_credential
from vedette.clock import Clock
from vedette.config.checks import SIM
from vedette.errors import VedetteError
from vedette.gateway.fetching import Fetcher
from vedette.http1.client import Origin, Pool, UpstreamError
from vedette.http1.deadlines import Deadlines
from vedette.http1.headers import request_head
from vedette.model.settings import ProviderSettings
from vedette.plugins import load
from vedette.ports.provider import HttpCall, Provider, TokenRequest

Verdict = Literal["ok", "unclear", "failed"]

_ANSWER_S = 10.0
_LIST_BYTES = 8_388_608
_TOKEN_BYTES = 65_536
_CLIENT = ((b"accept", b"application/json"), (b"accept-encoding", b"identity"))

_CONNECTING = {
    "dns_failure": "the host name does not resolve",
    "connect_refused": "connection refused: nobody listens there",
    "connect_timeout": "no connection in time",
    "tls_failure": "TLS failed",
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was tried."""

    name: str
    """`connect`, `token` or `models`; with several keys `models 2/3`."""
    verdict: Verdict
    detail: str
    ms: float = 0.0


class Probed(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about one provider."""

    name: str
    kind: str
    base_url: str
    steps: tuple[Step, ...]

    @property
    def verdict(self) -> Verdict:
        """That of the worst step."""
        found = {step.verdict for step in self.steps}
        return next(word for word in ("failed", "unclear", "ok") if word in found or word == "ok")


class _Listed(msgspec.Struct):
    """A model list of OpenAI, Anthropic, Gemini or Ollama, as far as it is counted."""

    data: list[msgspec.Raw] | None = None
    models: list[msgspec.Raw] | None = None


async def probe_all(providers: Sequence[ProviderSettings], clock: Clock) -> list[Probed]:
    """All at once, in their order; none takes longer than its deadlines."""
    deadlines = Deadlines(clock)
    deadlines.start()
    try:
        probes = [_Probe(settings, clock, deadlines).run() for settings in providers]
        return list(await asyncio.gather(*probes))
    finally:
        deadlines.stop()


class _Probe:
    """The steps for one provider."""

    def __init__(self, settings: ProviderSettings, clock: Clock, deadlines: Deadlines) -> None:
        self._settings = settings
        self._clock = clock
        self._deadlines = deadlines
        self._fetcher = Fetcher(clock, deadlines)
        self._module = load("providers", settings.kind, otherwise="openai")

    async def run(self) -> Probed:
        settings = self._settings
        if settings.kind == SIM:
            steps = [_step("connect", "ok", "answered by the gateway itself")]
        else:
            steps = await self._steps()
        return Probed(
            name=settings.name, kind=settings.kind, base_url=settings.base_url, steps=tuple(steps)
        )

    async def _steps(self) -> list[Step]:
        settings = self._settings
        pool = self._pool(Origin.of(settings.base_url, settings.verify_tls, settings.ca_file))
        try:
            steps = [await self._connect(pool)]
            if steps[0].verdict == "failed":
                return steps
            keys = settings.api_keys or (settings.api_key,)
            for number, key in enumerate(keys, 1):
                name = f"models {number}/{len(keys)}" if len(keys) > 1 else "models"
                steps += await self._list(pool, key, name)
            return steps
        finally:
            pool.close()

    async def _connect(self, pool: Pool) -> Step:
        started = self._clock.monotonic()
        try:
            connection = await pool.open(self._settings.timeouts.connect_s)
        except UpstreamError as error:
            said = _CONNECTING.get(error.code, error.code)
            more = f" ({error})" if str(error) not in (error.code, "") else ""
            return _step("connect", "failed", said + more, self._ms(started))
        pool.give_back(connection)
        secure = "TLS" if pool.origin.scheme == "https" else "no TLS"
        host = urlsplit(self._settings.base_url).netloc
        return _step("connect", "ok", f"{host}, {secure}", self._ms(started))

    async def _list(self, pool: Pool, key: str, name: str) -> list[Step]:
        settings = replace(self._settings, api_key=key, api_keys=())
        provider: Provider = self._module.Provider(settings)
        steps: list[Step] = []
        token = ""
        if (wanted := provider.token_request(self._now_s())) is not None:
            step, token = await self._token(provider, wanted)
            steps.append(step)
            if not token:
                return steps
        call = provider.prepare(method="GET", path="/models", query="", headers=list(_CLIENT))
        started = self._clock.monotonic()
        head = request_head(call.method, call.target, list(self._fields(provider, call, token)))
        fetched = await self._fetcher.fetch(pool, head, seconds=_ANSWER_S, limit=_LIST_BYTES)
        verdict, detail = _judge(fetched.status, fetched.body, has_key=has_credential(settings))
        return [*steps, _step(name, verdict, detail, self._ms(started))]

    async def _token(self, provider: Provider, wanted: TokenRequest) -> tuple[Step, str]:
        started = self._clock.monotonic()
        url = urlsplit(wanted.url)
        pool = self._pool(Origin.of(wanted.url))
        target = f"{url.path or '/'}{'?' if url.query else ''}{url.query}".encode()
        fields = [
            (b"host", url.netloc.encode()), *wanted.headers,
            (b"content-length", str(len(wanted.body)).encode()),
        ]  # fmt: skip
        head = request_head("POST", target, fields)
        try:
            fetched = await self._fetcher.fetch(
                pool, head, wanted.body, seconds=_ANSWER_S, limit=_TOKEN_BYTES
            )
        finally:
            pool.close()
        if not fetched.status:
            detail = f"{url.netloc} does not answer"
            return _step("token", "failed", detail, self._ms(started)), ""
        try:
            token = provider.read_token(fetched.body)
        except VedetteError as error:
            return _step("token", "failed", error.message, self._ms(started)), ""
        detail = f"good for {token.expires_in_s:.0f} s"
        return _step("token", "ok", detail, self._ms(started)), token.value

    def _fields(
        self, provider: Provider, call: HttpCall, token: str
    ) -> Iterator[tuple[bytes, bytes]]:
        for field in call.headers:
            if not token or field[0] != b"authorization":
                yield field
        if token:
            yield b"authorization", b"Bearer " + token.encode()
        yield from provider.sign(call, b"", self._now_s())

    def _pool(self, origin: Origin) -> Pool:
        return Pool(origin, max_connections=2, deadlines=self._deadlines, clock=self._clock)

    def _now_s(self) -> float:
        return self._clock.now_ns() / 1e9

    def _ms(self, started: float) -> float:
        return (self._clock.monotonic() - started) * 1000


def _judge(status: int, body: bytes, *, has_key: bool) -> tuple[Verdict, str]:
    """What the answer to the question for the model list means."""
    if status == 200:
        count = _count(body)
        return ("unclear", "answers, with no list of models") if count is None else (
            "ok", f"{count} model{'' if count == 1 else 's'}"
        )  # fmt: skip
    if status in (401, 403):
        if has_key:
            return "failed", f"the credential is refused ({status})"
        return "unclear", f"asks for a credential ({status}): the client's own is forwarded"
    verdict, said = _OTHER.get(status, ("failed" if status >= 500 else "unclear", "answers"))
    return verdict, f"{said} ({status})" if status else said


_OTHER: dict[int, tuple[Verdict, str]] = {
    0: ("failed", "no answer to the question for its models"),
    404: ("unclear", "has no list of models: whether the credential is taken is not known"),
    405: ("unclear", "has no list of models: whether the credential is taken is not known"),
    429: ("unclear", "asks for fewer calls: whether the credential is taken is not known"),
}


def _count(body: bytes) -> int | None:
    try:
        listed = msgspec.json.decode(body, type=_Listed | list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if isinstance(listed, list):
        return len(listed)
    entries = listed.models if listed.data is None else listed.data
    return None if entries is None else len(entries)


def _step(name: str, verdict: Verdict, detail: str, ms: float = 0.0) -> Step:
    return Step(name=name, verdict=verdict, detail=detail, ms=round(ms, 1))
