"""Keys open what they are for, as long as they are good."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.answers import chat as chat_answer
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat, error_of
from vedette.gateway.tenants import SnapshotFile, is_within
from vedette.model.settings import AccessSettings
from vedette.model.tenant import AccessSnapshot, Scopes, VirtualKey

SECRET = "vdt_abc_secret"


def key(secret: str = SECRET, **fields: Any) -> VirtualKey:
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return VirtualKey(**{"id": "abc", "sha256": digest, "project_id": "p1", **fields})


def write(path: Path, *keys: VirtualKey, version: int = 1, closed: bool = False) -> None:
    draft = path.with_suffix(".new")
    snapshot = AccessSnapshot(version=version, keys=keys, closed=closed)
    draft.write_bytes(msgspec.msgpack.encode(snapshot))
    draft.rename(path)


def bearer(secret: str = SECRET) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {secret}")]


@pytest.mark.parametrize(
    "header", ["authorization: Bearer", "x-api-key:", "x-goog-api-key:", "api-key:"]
)
async def test_a_key_is_shown_in_any_dialects_habit(tmp_path: Path, header: str) -> None:
    file = tmp_path / "access"
    write(file, key())
    async with Upstream() as upstream:
        async with running_gateway(
            tmp_path, provider("a", upstream.url, api_key="real"), access_file=str(file)
        ) as gateway:
            name, _, before = header.partition(":")
            shown = [(name, f"{before.strip()} {SECRET}".strip())]
            assert (await call(gateway, chat("a/m"), headers=shown)).status == 200
            assert upstream.requests[0].header("authorization") == "Bearer real"
            assert SECRET not in upstream.requests[0].head.decode()
            await gateway.span()
            record = gateway.spans.records[0]
            assert record.project_id == "p1"
            assert record.attributes["vedette.key_id"] == "abc"


async def test_a_key_works_as_soon_as_it_is_made_and_within_its_bounds(tmp_path: Path) -> None:
    file = tmp_path / "access"
    write(file)
    async with Upstream() as upstream:
        async with running_gateway(
            tmp_path, provider("a", upstream.url), access_file=str(file)
        ) as gateway:
            # Where there is no key yet, none is asked for.
            assert (await call(gateway, chat("a/m"), headers=bearer("vdt_x_y"))).status == 200
            made = []
            for number in range(20):
                secret = f"vdt_new{number}_{SECRET}"
                scopes = Scopes(ips=("10.0.0.0/8",)) if number % 2 else Scopes()
                made.append(key(secret, id=f"new{number}", scopes=scopes))
                write(file, *made)
                status = (await call(gateway, chat("a/m"), headers=bearer(secret))).status
                assert status == (403 if number % 2 else 200)
            await gateway.spans.count(21)
            projects = [record.project_id for record in gateway.spans.records]
            assert projects == ["default", *["p1"] * 20]


@pytest.mark.parametrize(
    ("fields", "shown", "status"),
    [
        ({}, SECRET, 200),
        ({}, "vdt_abc_wrong", 401),
        ({}, "", 401),
        ({"disabled": True}, SECRET, 401),
        ({"expires_ns": 1}, SECRET, 401),
        ({"scopes": Scopes(models=("a/*",))}, SECRET, 200),
        ({"scopes": Scopes(models=("b/*",))}, SECRET, 403),
        ({"scopes": Scopes(routes=("fast",))}, SECRET, 403),
        ({"scopes": Scopes(endpoints=("/v1/embeddings",))}, SECRET, 403),
        ({"scopes": Scopes(endpoints=("/v1/chat/*",))}, SECRET, 200),
        ({"scopes": Scopes(ips=("127.0.0.0/8",))}, SECRET, 200),
        ({"scopes": Scopes(ips=("10.0.0.0/8", "::/0"))}, SECRET, 403),
    ],
)
async def test_what_a_key_opens(
    tmp_path: Path, fields: dict[str, Any], shown: str, status: int
) -> None:
    file = tmp_path / "access"
    write(file, key(**fields))
    async with Upstream() as upstream:
        async with running_gateway(
            tmp_path, provider("a", upstream.url), access_file=str(file)
        ) as gateway:
            answered = await call(gateway, chat("a/m"), headers=bearer(shown) if shown else ())
            assert answered.status == status
            assert len(upstream.requests) == (status == 200)
            if status == 401:
                assert error_of(answered)["code"] == "invalid_api_key"


async def test_without_any_key_the_door_stands_open_unless_it_is_told_not_to(
    tmp_path: Path,
) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            assert (await call(gateway, chat("a/m"))).status == 200
    strict = AccessSettings(require_key=True)
    other = tmp_path / "other"
    other.mkdir()
    async with Upstream() as upstream:
        async with running_gateway(other, provider("a", upstream.url), access=strict) as gateway:
            assert (await call(gateway, chat("a/m"))).status == 401


async def test_a_revoked_key_is_refused_within_a_second(tmp_path: Path) -> None:
    file = tmp_path / "access"
    write(file, key(), key("vdt_other_x", id="other"))
    async with Upstream() as upstream:
        upstream.respond = lambda _: chat_answer()
        async with running_gateway(
            tmp_path, provider("a", upstream.url), access_file=str(file)
        ) as gateway:
            assert (await call(gateway, chat("a/m"), headers=bearer())).status == 200
            write(file, key("vdt_other_x", id="other"), version=2)
            async with asyncio.timeout(1.0):
                while (await call(gateway, chat("a/m"), headers=bearer())).status != 401:
                    await asyncio.sleep(0.02)
            other = await call(gateway, chat("a/m"), headers=bearer("vdt_other_x"))
            assert other.status == 200


@pytest.mark.parametrize("keys", [(key(disabled=True),), ()])
async def test_the_last_key_that_goes_does_not_open_the_door(
    tmp_path: Path, keys: tuple[VirtualKey, ...]
) -> None:
    file = tmp_path / "access"
    write(file, *keys, closed=True)
    async with Upstream() as upstream:
        async with running_gateway(
            tmp_path, provider("a", upstream.url), access_file=str(file)
        ) as gateway:
            assert (await call(gateway, chat("a/m"))).status == 401


async def test_a_trusted_proxy_names_the_project(tmp_path: Path) -> None:
    trusts = AccessSettings(tenant_header="x-vedette-project", trusted_proxies=("127.0.0.1/32",))
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url), access=trusts) as gateway:
            await call(gateway, chat("a/m"), headers=[("x-vedette-project", "p7")])
            await gateway.span()
            assert gateway.spans.records[0].project_id == "p7"
            assert upstream.requests[0].header("x-vedette-project") is None


async def test_nobody_else_does(tmp_path: Path) -> None:
    trusts = AccessSettings(tenant_header="x-vedette-project", trusted_proxies=("10.0.0.0/8",))
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url), access=trusts) as gateway:
            await call(gateway, chat("a/m"), headers=[("x-vedette-project", "p7")])
            await gateway.span()
            assert gateway.spans.records[0].project_id == "default"


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    file = SnapshotFile(str(tmp_path / "access"), AccessSnapshot)
    assert file.changed() is None
    write(tmp_path / "access", key())
    found = file.changed()
    assert found is not None
    assert found.keys[0].id == "abc"
    assert file.changed() is None
    (tmp_path / "access").write_bytes(b"damaged")
    assert file.changed() is None


def test_addresses_and_networks() -> None:
    import ipaddress

    networks = [ipaddress.ip_network("10.0.0.0/8")]
    assert is_within("10.1.2.3", networks)
    assert is_within("::ffff:10.1.2.3", networks)
    assert not is_within("11.1.2.3", networks)
    assert not is_within("no address", networks)
