"""How people and programs are told of alerts."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from vedette.errors import VedetteError
from vedette.model.alert import Notice


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a kind of channel."""

    name: str
    label: str
    is_secret: bool = False
    is_needed: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()


class NotDelivered(VedetteError):
    """The receiver did not take the message.

    `is_final`: trying again is pointless. The message never holds an address or a secret.
    """

    code = "not_delivered"
    status = 502

    def __init__(self, message: str, *, is_final: bool = False, retry_after_s: float = 0.0) -> None:
        super().__init__(message)
        self.is_final = is_final
        self.retry_after_s = retry_after_s


class Answer(msgspec.Struct, frozen=True):
    """What a receiver said."""

    status: int
    body: bytes = b""
    retry_after: str = ""


class Post(Protocol):
    """Sends one HTTP POST; raises NotDelivered where there is no answer."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer: ...


class Channel(Protocol):
    """One configured channel. Plug-ins: `channels/`, modules with `OPTIONS` and
    `create(options, post) -> Channel`, which raises ConfigError for options that cannot be."""

    async def send(self, notice: Notice) -> None:
        """Tell; returns when the receiver has taken it. Raises NotDelivered."""
        ...
