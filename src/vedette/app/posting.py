"""Small POSTs of our own to receivers that users name: webhooks of alerts.

They go out as all to addresses that others wrote (`outbound`), in threads of their own: a receiver
that takes its time holds up nothing else.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from vedette import __version__
from vedette.outbound import (
    OutboundFailed,
    OutboundRefused,
    PrivateAddress,
    Reach,
    Reply,
    Unresolved,
    post,
)
from vedette.ports.alerts import Answer, NotDelivered

_WAIT_S: Final = 15.0
_MOST_BYTES: Final = 65_536
_AT_ONCE: Final = 8
_USER_AGENT: Final = {"user-agent": f"Vedette/{__version__}"}


class Poster:
    """`ports.alerts.Post`. Close it at last."""

    def __init__(self, *, allows_private: Callable[[], bool]) -> None:
        self._allows_private = allows_private
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="posting")

    def close(self) -> None:
        """Nothing more is sent; who waits for an answer is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        loop = asyncio.get_running_loop()
        reply = await loop.run_in_executor(self._threads, self._posted, url, body, headers)
        return Answer(reply.status, reply.body, reply.retry_after)

    def _posted(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reach = Reach(allows_private=self._allows_private())
        try:
            return post(
                url, body, reach=reach, timeout_s=_WAIT_S, headers=_USER_AGENT | dict(headers),
                limit=_MOST_BYTES,
            )  # fmt: skip
        except PrivateAddress:
            raise NotDelivered(
                "The receiver is in a private network. "
                "Allow that with `alerts.private_receivers`.", is_final=True,
            ) from None  # fmt: skip
        except OutboundRefused:
            raise NotDelivered(
                "The receiver has an address that nothing is sent to.", is_final=True
            ) from None
        except Unresolved:
            raise NotDelivered("The name of the receiver does not resolve.") from None
        except (OutboundFailed, TimeoutError):
            raise NotDelivered("The receiver does not answer.") from None
