"""What a dialect of embeddings is: the protocol beside that of chat (`contract`).

    client bytes -> A.read_embedding_request -> EmbeddingRequest -> B.write_embedding_request
    provider bytes -> B.read_embedding_answer -> EmbeddingAnswer -> A.write_embedding_answer

The rules are those of `contract`: what the target cannot express is Unsupported where the vectors
would be others without it (`dimensions`, token ids, `input_type` where the target has one but not
this word), and named in `Written.dropped` where it only advises (`user`, an `input_type` where the
target has none). `extra` is written in its own dialect and dropped by name in any other.
`encoding_format` is no question to the provider: each writer of an answer encodes by itself, so a
writer of requests asks for whatever its reader takes. A module may be a dialect of chat as well.
"""

from typing import Protocol

from vedette.dialects.contract import Fault, Written
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest


class EmbeddingDialect(Protocol):
    """A codec module for embeddings."""

    NAME: str

    def read_embedding_request(self, body: bytes) -> EmbeddingRequest:
        """Raises BadRequest where `body` is no request for embeddings: nothing is skipped, since
        vectors go by their order."""
        ...

    def write_embedding_request(self, request: EmbeddingRequest) -> Written:
        """The request for `request.model`. Raises Unsupported."""
        ...

    def read_embedding_answer(self, body: bytes) -> EmbeddingAnswer:
        """All vectors, in the order of the inputs. Raises Unreadable where there are none to be
        had from `body`."""
        ...

    def write_embedding_answer(self, answer: EmbeddingAnswer, request: EmbeddingRequest) -> bytes:
        """The answer to `request`, in the encoding it asks for; its model where the answer names
        none."""
        ...

    def read_error(self, status: int, body: bytes) -> Fault: ...

    def write_error(self, fault: Fault) -> bytes: ...
