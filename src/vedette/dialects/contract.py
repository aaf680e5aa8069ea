"""What a chat dialect is: the protocol that every codec module of this room keeps.

A module reads and writes one wire format in both directions. Reading serves two masters: the
record (which wants what was said) and translation (which wants everything). Writing serves
translation alone: when client and provider speak the same dialect their bytes pass untouched.

    client bytes -> A.read_request -> ChatRequest -> B.write_request -> provider bytes
    provider bytes -> framing -> B.StreamReader -> deltas -> A.StreamWriter -> client bytes
    provider bytes -> B.read_answer -> Answer -> A.write_answer -> client bytes
    provider error -> B.read_error -> Fault -> A.write_error -> client bytes

Rules for writers:

* What the target cannot express is `Unsupported`, which names the field as the client wrote it,
  where the answer would be another one without it (several choices, log probabilities, a built-in
  tool, a medium it does not take, a file id of another provider, state kept by a provider). What
  only advises (`seed`, penalties, `logit_bias`, `user`, `metadata`, `store`, `service_tier`,
  cache marks) is left out and named in `Written.dropped`. Never a third way.
* `ChatRequest.unknown`, each `extra` and `RawPart` are written where `dialect` is the writer's own,
  and dropped by name where not. So read and written again in one dialect nothing is lost.
* A signature goes through `signatures.seal` on its way to a client and through
  `signatures.unseal` on its way back.
* Stop reasons arrive in the neutral words of `stops`; a writer has its own table.
* Ids are passed on as they are. What the client's dialect demands and the provider's lacks is
  made from `WriteContext`.
* A writer never raises for what a model said.
"""

from typing import Literal, Protocol

import msgspec

from vedette.errors import BadRequest
from vedette.model.chat import Answer, ChatRequest, Delta

Framing = Literal["sse", "ndjson", "eventstream"]


class Unsupported(BadRequest):
    """The provider's dialect cannot express what the client asked for."""

    code = "unsupported_parameter"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"'{field}' {why}")
        self.param = field


class Written(msgspec.Struct, frozen=True):
    """A request in another dialect."""

    body: bytes
    dropped: tuple[str, ...] = ()
    """Fields of the client's request that have no place in it, by the client's names."""


class Fault(msgspec.Struct, frozen=True):
    """An error answer, in neutral words."""

    status: int
    message: str
    type: str = ""
    """The provider's own word (`invalid_request_error`, `RESOURCE_EXHAUSTED`)."""
    code: str = ""
    param: str = ""
    request_id: str = ""


class WriteContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer of answers may need beside the answer."""

    request: ChatRequest
    model: str
    """The model to name where the answer names none."""
    id: str
    """Unique, `[0-9a-f]{16}`: to make ids from where the provider gives none."""
    created_s: int
    """Unix time."""


class StreamReader(Protocol):
    """Reads the events of one stream, in order. Never raises."""

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data (`framing`); empty where it says nothing new."""
        ...


class StreamWriter(Protocol):
    """Writes one stream in the client's dialect, framing included.

    `write(Start)` comes first, once. A choice may get several kinds of deltas in any order; tool
    calls have their ordinals. `Stop` arrives with neutral words; `UsageDelta`s are cumulative.
    `end` is called once, after a whole stream; `error` instead of it after a broken one. Both may
    be called when nothing was written.

    One that can do so for less says with `follow(delta) -> None` that it keeps step with what is
    told in other bytes; else it writes them, for nobody.
    """

    def write(self, delta: Delta) -> bytes:
        """The bytes that tell the client of it; b"" where they must wait or there are none."""
        ...

    def end(self) -> bytes:
        """The rest: closing events, figures, the terminal event."""
        ...

    def error(self, fault: Fault) -> bytes:
        """The last event of a stream that failed, in the shape the client's SDK raises on."""
        ...


class Dialect(Protocol):
    """A codec module."""

    NAME: str
    FRAMING: Framing
    CONTENT_TYPE: bytes
    """Of a stream this module writes."""

    def read_request(self, body: bytes) -> ChatRequest:
        """The whole request. Raises BadRequest where `body` is not a JSON object."""
        ...

    def write_request(self, request: ChatRequest) -> Written:
        """The request for `request.model`; streamed if `request.stream`, then with figures.
        Raises Unsupported."""
        ...

    def read_answer(self, body: bytes) -> Answer:
        """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
        ...

    def write_answer(self, answer: Answer, context: WriteContext) -> bytes:
        """`finish_reasons` and `Message.finish_reason` are neutral words of `stops`."""
        ...

    def read_error(self, status: int, body: bytes) -> Fault: ...

    def write_error(self, fault: Fault) -> bytes:
        """The body of an error answer; its status is `fault.status`."""
        ...
