"""JSON of what clients hand out: their models, bodies and texts. Run by the worker."""

from typing import Any

import msgspec


def to_plain(value: Any) -> Any:
    """A mapping or list as it went over the wire; None for what is no JSON."""
    if isinstance(value, str | bytes | bytearray | memoryview):
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None
    if isinstance(value, dict | list):
        return value
    for name, how in (("model_dump", {"warnings": False, "by_alias": True}), ("model_dump", {}),
                      ("dict", {})):  # fmt: skip
        dump = getattr(value, name, None)
        if dump is not None:
            try:
                return dump(**how)
            except TypeError:
                continue
    return None
