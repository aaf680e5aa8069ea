"""An exchange at its start, without a connection."""

import json
from collections.abc import Sequence
from typing import Any

from vedette.gateway.exchange import Exchange
from vedette.gateway.routes import Endpoint
from vedette.http1.request import Head
from vedette.http1.server import Body, Request, Response

CHAT = Endpoint("chat", "openai_chat", "/chat/completions")


class Nobody:
    """Where a connection would be."""

    keeps_open = True

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def continue_expected(self) -> None:
        pass

    def send(self, data: bytes) -> None:
        pass

    def response_ended(self, *, keep_alive: bool) -> None:
        pass

    def cut(self, *, reset: bool = False) -> None:
        pass


def exchange(headers: Sequence[tuple[bytes, bytes]] = (), *, query: bytes = b"") -> Exchange:
    """A chat call with these headers."""
    target = b"/v1/chat/completions" + query
    head = Head("POST", target, list(headers))
    request = Request(head, peer="127.0.0.1", body=Body(Nobody(), 0))
    response = Response(Nobody(), method="POST", minor=1, keep_alive=True)
    return Exchange(request, response, CHAT)


def asks(text: str, project: str = "p", system: str = "Be brief.", **more: Any) -> Exchange:
    """A chat call with this question, and `more` in its body."""
    one = exchange()
    one.project_id, one.requested_model = project, "m"
    messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
    one.body = json.dumps({"model": "m", "temperature": 0, "messages": messages, **more}).encode()
    return one
