"""The console's door: the API and the pages over HTTP."""

import asyncio
import hashlib
import hmac
import socket

import uvicorn

from vedette.api import create_app
from vedette.api.services import ApiServices, ApiSettings
from vedette.app.door import Door
from vedette.model.settings import CoreSettings
from vedette.tasks import Tasks

CLOSING_S = 5.0


class Console:
    """Serves the console until it is closed."""

    _server: Door | None = None

    def open(self, services: ApiServices, listener: socket.socket, tasks: Tasks) -> None:
        """Answer at this listener from now on."""
        config = uvicorn.Config(
            create_app(services), log_config=None, access_log=False, lifespan="off",
            timeout_graceful_shutdown=3, timeout_keep_alive=75, server_header=False,
            proxy_headers=False,
        )  # fmt: skip
        self._server = Door(config)
        self._serving = tasks.spawn(self._server.serve(sockets=[listener]), name="console")

    async def close(self) -> None:
        """Take no more calls, and let those that run end."""
        if self._server is not None:
            self._server.leave()
            await asyncio.wait({self._serving}, timeout=CLOSING_S)


def api_settings(settings: CoreSettings) -> ApiSettings:
    """What the console is told of the configuration; a new token ends all sessions."""
    signed = b"session" + settings.token_sha256.encode()
    return ApiSettings(
        allowed_hosts=settings.allowed_hosts,
        allowed_origins=settings.allowed_origins,
        token_sha256=settings.token_sha256,
        session_key=hmac.new(settings.hash_key, signed, hashlib.sha256).digest(),
        public_url=settings.public_url,
        secure_cookie=settings.public_url.startswith("https://"),
        profile=settings.profile,
        capture=settings.capture,
        gateway_url=settings.gateway_url,
        command=settings.command,
    )
