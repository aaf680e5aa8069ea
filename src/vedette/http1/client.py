"""The client's side of HTTP/1.1: kept-alive connections to one origin.

A connection carries one exchange at a time. Its receiver hears `head`, then `data`..., then
exactly one of `end` and `failed`. After a whole answer the connection goes back to its pool by
itself; after anything else it is closed.
"""

from vedette.http1.errors import UpstreamError
from vedette.http1.pool import Origin, Pool
from vedette.http1.upstream import Connection, Receiver

__all__ = ["Connection", "Origin", "Pool", "Receiver", "UpstreamError"]
