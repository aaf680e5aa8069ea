"""The console's door."""

import socket

import httpx2

from tests.support.console import Parts, make_services
from vedette.api.services import ApiSettings
from vedette.app.console import Console, api_settings
from vedette.model.settings import CoreSettings
from vedette.tasks import Tasks


async def test_it_answers_until_it_is_closed() -> None:
    services = make_services(Parts(), ApiSettings())
    console, tasks = Console(), Tasks()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    console.open(services, listener, tasks)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with httpx2.AsyncClient(base_url=url) as client:
        assert (await client.get("/health/live")).status_code == 200
    services.live.close()
    await console.close()
    await tasks.drain()
    services.store.close()
    services.records.close()
    listener.close()


async def test_one_that_was_never_open_closes() -> None:
    await Console().close()


def test_a_new_token_or_secret_ends_all_sessions() -> None:
    def key(**fields: object) -> bytes:
        return api_settings(CoreSettings(version=1, **fields)).session_key  # type: ignore[arg-type]

    first = key(token_sha256="a" * 64, hash_key=b"k")
    assert first == key(token_sha256="a" * 64, hash_key=b"k")
    assert len({first, key(token_sha256="b" * 64, hash_key=b"k"), key(hash_key=b"l")}) == 3


def test_cookies_travel_over_tls_alone_where_people_come_by_it() -> None:
    assert api_settings(CoreSettings(version=1, public_url="https://v.example")).secure_cookie
    assert not api_settings(CoreSettings(version=1, public_url="http://v.example")).secure_cookie
