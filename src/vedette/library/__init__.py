"""Vedette inside a program: the gateway's pipeline without a port.

A call becomes the same request that a client would have sent, goes through the same gateway and is
recorded by the same worker; only the sockets between client and gateway are left out.
"""

from vedette.library.client import Vedette, open_vedette
from vedette.library.errors import CallFailed
from vedette.library.results import Call, ChatResult, Embeddings, UsageReport
from vedette.library.sync import SyncVedette, open_sync

__all__ = [
    "Call", "CallFailed", "ChatResult", "Embeddings", "SyncVedette", "UsageReport",
    "Vedette", "open_sync", "open_vedette",
]  # fmt: skip
