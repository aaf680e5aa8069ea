"""Models for the console: asked through the gateway, in the name of a project.

The gateway lets these calls in by a token that only processes of this installation can make, and
takes the project from a header beside it (`gateway.identify`). Neither header travels on. The guard
does not look at them: they are made for it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from vedette.dialects import openai_chat
from vedette.errors import VedetteError
from vedette.gateway.identify import OURS, PROJECT, own_token
from vedette.model.chat import TextPart
from vedette.outbound import Reach, post
from vedette.ports.detector import Models

_ANYWHERE: Final = Reach(("0.0.0.0/0", "::/0"))
"""The address of the gateway comes from the configuration, not from others."""
_MOST_BYTES: Final = 16_777_216


class NoModelAnswer(VedetteError):
    """A model did not answer, or the gateway cannot be asked."""

    code = "no_answer"
    status = 502


class GatewayModels:
    """`ports.detector.Models` of one project."""

    def __init__(self, gateway_url: str, token: str, project_id: str) -> None:
        self._url = gateway_url.rstrip("/")
        self._headers = {OURS.decode(): token, PROJECT.decode(): project_id}

    def chat(self, model: str, messages: Sequence[Mapping[str, str]], *, timeout_s: float) -> str:
        body = {"model": model, "messages": list(messages)}
        answer = self.post(model, "/v1/chat/completions", body, timeout_s=timeout_s)
        said = openai_chat.read_answer(answer)
        texts = (
            part.content
            for message in said.messages
            for part in message.parts
            if isinstance(part, TextPart)
        )
        return "".join(texts)

    def post(self, model: str, path: str, body: Mapping[str, Any], *, timeout_s: float) -> bytes:
        reply = post(
            self._url + path, msgspec.json.encode(body), reach=_ANYWHERE, timeout_s=timeout_s,
            headers=self._headers, limit=_MOST_BYTES,
        )  # fmt: skip
        if reply.status != 200:
            raise NoModelAnswer(f"The model {model!r} did not answer: status {reply.status}.")
        return reply.body


def models_of(gateway_url: Callable[[], str], hash_key: bytes) -> Callable[[str], Models | None]:
    """Project to the models that are asked in its name; None where there is no gateway."""

    def of(project_id: str) -> Models | None:
        url = gateway_url()
        if not url or not hash_key:
            return None
        return GatewayModels(url, own_token(hash_key), project_id or "default")

    return of
