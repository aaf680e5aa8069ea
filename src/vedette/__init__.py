"""Vedette: the sentry in front of your LLMs.

`vedette.open()` and `vedette.open_sync()` are the gateway's pipeline inside a program; they are
imported when they are asked for, so that `import vedette` stays light.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    # To import it takes longer than all else that the start of a command does before Ctrl-C is
    # handled.
    from typing import Any

__version__ = "0.1.0"

_LIBRARY = {"open": "open_vedette", "open_sync": "open_sync"}


def __getattr__(name: str) -> "Any":
    if name in _LIBRARY:
        from importlib import import_module

        return getattr(import_module("vedette.library"), _LIBRARY[name])
    raise AttributeError(f"module 'vedette' has no attribute {name!r}")
