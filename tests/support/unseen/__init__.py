"""Texts written to judge a detector; nothing of them is ever trained on."""

from pathlib import Path

import msgspec

_FOLDER = Path(__file__).parent


class Unseen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a detector should find, by kind, and what it should leave alone."""

    found: dict[str, list[str]]
    harmless: list[str]

    @property
    def texts(self) -> list[str]:
        """What it should find, all kinds."""
        return [text for texts in self.found.values() for text in texts]


def read(detector: str, which: str) -> Unseen:
    """The `first` or `second` list for `injection`, up to the `fourth` for `toxicity` and up to
    the `fifth` for `harmful`."""
    path = _FOLDER / f"{detector}_{which}.yaml"
    return msgspec.yaml.decode(path.read_bytes(), type=Unseen)
