"""Configured channels: their options, with what is secret in the vault, opened when needed."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

import msgspec
from msgspec.structs import replace

from vedette.alerts.book import CHANNEL, Book
from vedette.alerts.rules import InvalidRule, check_name
from vedette.errors import ConfigError, NotFound
from vedette.model.alert import Channel
from vedette.ports import alerts as port

SET = "(set)"
"""Stands for a secret that is there."""


class Secrets(Protocol):
    """Where secret options lie."""

    def get(self, name: str) -> str: ...

    def set(self, name: str, secret: str) -> object: ...

    def delete(self, name: str) -> None: ...


class ChannelKind(msgspec.Struct, frozen=True, kw_only=True):
    """A plug-in of `channels/`."""

    name: str
    options: tuple[port.Option, ...]
    create: Callable[[Mapping[str, str]], port.Channel]
    """Raises ConfigError."""


class Channels:
    """The channels of all projects. Thread-safe; may block and raise StoreError."""

    def __init__(self, book: Book, secrets: Secrets, kinds: Sequence[ChannelKind]) -> None:
        self._book = book
        self._secrets = secrets
        self.kinds = {kind.name: kind for kind in kinds}

    def open(self, project_id: str, name: str) -> port.Channel:
        """Raises NotFound or ConfigError."""
        for one in self._book.list(project_id, CHANNEL):
            channel = cast(Channel, one.body)
            if channel.name == name:
                return self._kind(channel).create(self._whole(project_id, channel))
        raise NotFound(f"There is no channel {name[:80]!r}.")

    def take(self, project_id: str, channel: Channel) -> Channel:
        """Check it and lock its secrets away: what is returned goes into the records.

        A secret that stands as `(set)` stays as it was. Raises InvalidRule.
        """
        check_name("name", channel.name)
        if not 1 <= channel.most_per_hour <= 3_600:
            raise InvalidRule("most_per_hour", "need a number from 1 to 3600")
        kind = self._kind(channel)
        try:
            kind.create(self._whole(project_id, channel))
        except ConfigError as error:
            raise InvalidRule("options", error.message.rstrip(".")) from None
        shown = dict(channel.options)
        for option in kind.options:
            value = shown.get(option.name, "")
            if option.is_secret and value and value != SET:
                self._secrets.set(_secret_name(project_id, channel.name, option.name), value)
                shown[option.name] = SET
        return replace(channel, options=shown)

    def rename(self, project_id: str, before: Channel, now: Channel) -> None:
        """Let secrets follow the name; call it before `take`."""
        for option in self._kind(before).options:
            if before.name == now.name or before.options.get(option.name) != SET:
                continue
            secret = self._secrets.get(_secret_name(project_id, before.name, option.name))
            self._secrets.set(_secret_name(project_id, now.name, option.name), secret)

    def forget(self, project_id: str, channel: Channel) -> None:
        """Delete its secrets."""
        for name, value in channel.options.items():
            if value == SET:
                try:
                    self._secrets.delete(_secret_name(project_id, channel.name, name))
                except NotFound:
                    continue

    def _kind(self, channel: Channel) -> ChannelKind:
        kind = self.kinds.get(channel.kind)
        if kind is None:
            known = ", ".join(self.kinds)
            raise InvalidRule("kind", f"need one of {known}, not {channel.kind[:80]!r}")
        return kind

    def _whole(self, project_id: str, channel: Channel) -> dict[str, str]:
        """The options with their secrets."""
        found = dict(channel.options)
        for option in self._kind(channel).options:
            if option.is_secret and found.get(option.name) == SET:
                found[option.name] = self._secrets.get(
                    _secret_name(project_id, channel.name, option.name)
                )
        return found


def _secret_name(project_id: str, channel: str, option: str) -> str:
    """A name that the vault takes, whatever characters the channel's has."""
    digest = hashlib.sha256(f"{project_id}\0{channel}".encode()).hexdigest()[:24]
    return f"alerts.{digest}.{option}"
