"""Signs of life of real (loopback) providers."""

import json
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import answer, raw
from tests.support.upstream import Upstream, closed_port
from vedette.app.probe import Probed, Step, probe_all
from vedette.clock import SystemClock
from vedette.model.settings import ProviderSettings, Timeouts

LIST = json.dumps({"object": "list", "data": [{"id": "a"}, {"id": "b"}]}).encode()


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with Upstream() as running:
        yield running


def provider(url: str, kind: str = "openai", **changes: Any) -> ProviderSettings:
    fields: dict[str, Any] = {"api_key": "hunter2", "timeouts": Timeouts(connect_s=2), **changes}
    return ProviderSettings(name="p", kind=kind, base_url=url, **fields)


async def probe(settings: ProviderSettings) -> Probed:
    (probed,) = await probe_all([settings], SystemClock())
    return probed


def shown(step: Step) -> tuple[str, str, str]:
    return step.name, step.verdict, step.detail


async def test_a_provider_that_works(upstream: Upstream) -> None:
    upstream.script(answer(LIST))
    probed = await probe(provider(upstream.url))
    assert probed.verdict == "ok"
    assert [shown(step) for step in probed.steps] == [
        ("connect", "ok", f"127.0.0.1:{upstream.port}, no TLS"),
        ("models", "ok", "2 models"),
    ]
    (request,) = upstream.requests
    assert (request.method, request.path) == ("GET", "/v1/models")
    assert request.header("authorization") == "Bearer hunter2"
    assert upstream.connections == 1


@pytest.mark.parametrize(
    ("body", "status", "verdict", "detail"),
    [
        (b'[{"id": "a"}]', 200, "ok", "1 model"),
        (b'{"models": []}', 200, "ok", "0 models"),
        (b'{"data": []}', 200, "ok", "0 models"),
        (b"<html>", 200, "unclear", "answers, with no list of models"),
        (b'{"hello": 1}', 200, "unclear", "answers, with no list of models"),
        (b"hunter2", 401, "failed", "the credential is refused (401)"),
        (b"hunter2", 403, "failed", "the credential is refused (403)"),
        (b"", 404, "unclear", "has no list of models: .*(404)"),
        (b"", 429, "unclear", "asks for fewer calls: .*(429)"),
        (b"", 418, "unclear", "answers (418)"),
        (b"hunter2", 503, "failed", "answers (503)"),
    ],
)
async def test_what_an_answer_means(
    upstream: Upstream, body: bytes, status: int, verdict: str, detail: str
) -> None:
    upstream.script(answer(body, status))
    probed = await probe(provider(upstream.url))
    start, _, end = detail.partition(".*")
    assert (probed.verdict, probed.steps[1].verdict) == (verdict, verdict)
    assert probed.steps[1].detail.startswith(start)
    assert probed.steps[1].detail.endswith(end)
    assert "hunter2" not in probed.steps[1].detail


async def test_without_a_credential_being_asked_for_one_is_no_fault(upstream: Upstream) -> None:
    upstream.script(answer(b"", 401))
    probed = await probe(provider(upstream.url, api_key=""))
    assert probed.verdict == "unclear"
    assert "the client's own is forwarded" in probed.steps[1].detail


async def test_a_connection_that_breaks_is_a_failure(upstream: Upstream) -> None:
    upstream.script(raw(b"SSH-2.0-OpenSSH\r\n"))
    probed = await probe(provider(upstream.url))
    assert shown(probed.steps[1])[1:] == ("failed", "no answer to the question for its models")


async def test_nobody_there() -> None:
    probed = await probe(provider(f"http://127.0.0.1:{closed_port()}/v1"))
    assert [shown(step) for step in probed.steps] == [
        ("connect", "failed", "connection refused: nobody listens there")
    ]


async def test_a_certificate_that_is_not_trusted_is_told(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = (
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert),
    )  # fmt: skip
    if shutil.which("openssl") is None:
        pytest.skip("no openssl command to make a certificate with")
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    async with Upstream(tls=context) as upstream:
        upstream.respond = lambda _: answer(LIST)
        probed = await probe(provider(upstream.url))
        assert probed.steps[0].detail == "TLS failed (CERTIFICATE_VERIFY_FAILED)"
        trusted = await probe(provider(upstream.url, verify_tls=False))
        assert trusted.steps[0].detail == f"127.0.0.1:{upstream.port}, TLS"
        assert trusted.verdict == "ok"


async def test_every_key_is_tried(upstream: Upstream) -> None:
    upstream.script(answer(LIST), answer(b"", 401))
    probed = await probe(provider(upstream.url, api_key="k1", api_keys=("k1", "k2")))
    assert [shown(step)[:2] for step in probed.steps[1:]] == [
        ("models 1/2", "ok"), ("models 2/2", "failed"),
    ]  # fmt: skip
    sent = [request.header("authorization") for request in upstream.requests]
    assert sent == ["Bearer k1", "Bearer k2"]
    assert probed.verdict == "failed"


def azure(upstream: Upstream, authority: str) -> ProviderSettings:
    options = {
        "tenant_id": "t", "client_id": "c", "client_secret": "hunter2", "authority": authority,
    }  # fmt: skip
    url = upstream.url.removesuffix("/v1")
    return provider(url, "azure", api_key="", auth="api-key", options=options)


async def test_a_token_is_fetched_and_used(upstream: Upstream) -> None:
    token = json.dumps({"access_token": "eyJ", "expires_in": 3599}).encode()
    upstream.script(answer(token), answer(LIST))
    probed = await probe(azure(upstream, f"http://127.0.0.1:{upstream.port}"))
    assert [shown(step)[:2] for step in probed.steps] == [
        ("connect", "ok"), ("token", "ok"), ("models", "ok"),
    ]  # fmt: skip
    asked, listed = upstream.requests
    assert (asked.method, asked.path) == ("POST", "/t/oauth2/v2.0/token")
    assert b"client_secret=hunter2" in asked.body
    assert listed.header_values("authorization") == ["Bearer eyJ"]


async def test_a_token_that_is_refused_ends_the_probe(upstream: Upstream) -> None:
    upstream.script(answer(b'{"error": "invalid_client"}', 401))
    probed = await probe(azure(upstream, f"http://127.0.0.1:{upstream.port}"))
    assert probed.steps[-1].name == "token"
    assert "invalid_client" in probed.steps[-1].detail
    away = await probe(azure(upstream, f"http://127.0.0.1:{closed_port()}"))
    assert "does not answer" in away.steps[-1].detail


async def test_the_simulated_provider_needs_no_probe() -> None:
    probed = await probe(provider("sim:", "sim"))
    assert probed.verdict == "ok"


async def test_the_worst_step_is_the_verdict() -> None:
    def probed(*verdicts: Any) -> Probed:
        steps = tuple(Step(name="x", verdict=verdict, detail="") for verdict in verdicts)
        return Probed(name="p", kind="k", base_url="u", steps=steps)

    assert probed("ok", "unclear").verdict == "unclear"
    assert probed("unclear", "failed", "ok").verdict == "failed"
    assert probed().verdict == "ok"
