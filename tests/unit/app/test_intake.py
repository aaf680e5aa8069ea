import socket
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import httpx2
import pytest

from tests.support import otlp
from tests.support.console import Parts, make_services
from tests.support.ports import free_ports
from vedette.api.services import ApiServices, ApiSettings
from vedette.app.intake import Intakes
from vedette.clock import SystemClock
from vedette.ingest.writer import Writer
from vedette.model.settings import CoreSettings, OtlpSettings
from vedette.model.span import Payload, Span
from vedette.ports.intake import Posted

BODY = otlp.traces([otlp.span({"gen_ai.operation.name": "chat", "gen_ai.response.id": "r1"})])
PROTOBUF = {"content-type": "application/x-protobuf"}


@pytest.fixture
def services() -> Iterator[ApiServices]:
    made = make_services(Parts(), ApiSettings())
    yield made
    made.store.close()
    made.records.close()


def free_address() -> str:
    return f"127.0.0.1:{free_ports(1)[0]}"


def settings(**fields: object) -> CoreSettings:
    return CoreSettings(version=1, otlp=OtlpSettings(**fields))  # type: ignore[arg-type]


def replace_intake(services: ApiServices, intakes: Intakes) -> ApiServices:
    return replace(services, intake=intakes.http)


def posted_with(headers: dict[str, str]) -> Posted:
    return Posted(path="/v1/traces", headers=headers, body=BODY)


async def test_the_doors_open_and_close(services: ApiServices) -> None:
    address = free_address()
    writer = Writer(services.store, clock=SystemClock())
    intakes = Intakes(settings(http=address, grpc=free_address()), writer, services.clock)
    await intakes.open(replace_intake(services, intakes))
    async with httpx2.AsyncClient() as client:
        answer = await client.post(f"http://{address}/v1/traces", content=BODY, headers=PROTOBUF)
    assert answer.status_code == 200
    health = intakes.health()
    assert (health.ok, health.detail["accepted"]) == (True, 1)
    await intakes.close()
    await writer.close()


async def test_a_taken_port_is_said_and_left_out(services: ApiServices) -> None:
    writer = Writer(services.store, clock=SystemClock())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        intakes = Intakes(settings(http=address, grpc=address), writer, services.clock)
        await intakes.open(replace_intake(services, intakes))
        health = intakes.health()
    assert (health.ok, health.required) == (False, False)
    assert address in health.message
    await intakes.close()
    await writer.close()


async def test_settings_are_taken_up(services: ApiServices) -> None:
    writer = Writer(services.store, clock=SystemClock())
    intakes = Intakes(settings(), writer, services.clock)
    await intakes.open(services)
    shut = settings(key_sha256=(sha256(b"key").hexdigest(),))
    intakes.configure(shut)
    with_key = {"authorization": "Bearer key"}
    for headers, status in ((PROTOBUF, 401), (PROTOBUF | with_key, 200)):
        posted = posted_with(headers)
        assert (await intakes.http.post(posted)).status == status
    await intakes.close()
    await writer.close()


async def test_a_span_of_the_gateway_and_one_of_its_client_count_once(
    services: ApiServices,
) -> None:
    writer = Writer(services.store, clock=SystemClock())
    intakes = Intakes(settings(), writer, services.clock)
    seen = Span(
        trace_id="cd" * 16, span_id="ef" * 8, name="chat", kind="llm", start_ns=otlp.START_NS,
        end_ns=otlp.START_NS + 10**8, payload=Payload(attributes={"gen_ai.response.id": "r1"}),
    )  # fmt: skip
    assert intakes.note(seen) is seen
    assert (await intakes.http.post(posted_with(PROTOBUF))).status == 200
    (span,) = services.store.trace_spans("default", otlp.TRACE.hex(), payload=True)
    assert span.kind == "chain"
    assert intakes.health().detail["seen_twice"] == 1
    await intakes.close()
    await writer.close()
