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
from vedette.outbound import Reach, Reply, post
from vedette.ports.detector import Models

_ANYWHERE: Final = Reach(("0.0.0.0/0", "::/0"))
"""The address of the gateway comes from the configuration, not from others."""
_MOST_BYTES: Final = 16_777_216
_NO_HEADERS: Final[Mapping[str, str]] = {}


class NoModelAnswer(VedetteError):
    """A model did not answer, or the gateway cannot be asked."""

    code = "no_answer"
    status = 502


class OwnGateway:
    """The gateway of this installation, asked in the name of a project."""

    def __init__(self, url: Callable[[], str], hash_key: bytes) -> None:
        self._url = url
        self._token = own_token(hash_key) if hash_key else ""

    @property
    def is_there(self) -> bool:
        return bool(self._url() and self._token)

    def post(
        self, project_id: str, path: str, body: Mapping[str, Any], *, timeout_s: float,
        headers: Mapping[str, str] = _NO_HEADERS,
    ) -> Reply:  # fmt: skip
        """Blocks. Raises what `outbound.post` raises."""
        own = {OURS.decode(): self._token, PROJECT.decode(): project_id}
        return post(
            self._url().rstrip("/") + path, msgspec.json.encode(body), reach=_ANYWHERE,
            timeout_s=timeout_s, headers={**headers, **own}, limit=_MOST_BYTES,
        )  # fmt: skip


class GatewayModels:
    """`ports.detector.Models` of one project."""

    def __init__(self, gateway: OwnGateway, project_id: str) -> None:
        self._gateway = gateway
        self._project_id = project_id

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
        reply = self._gateway.post(self._project_id, path, body, timeout_s=timeout_s)
        if reply.status != 200:
            raise NoModelAnswer(f"The model {model!r} did not answer: status {reply.status}.")
        return reply.body


def models_of(gateway: OwnGateway) -> Callable[[str], Models | None]:
    """Project to the models that are asked in its name; None where there is no gateway."""

    def of(project_id: str) -> Models | None:
        return GatewayModels(gateway, project_id or "default") if gateway.is_there else None

    return of
