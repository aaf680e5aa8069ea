import msgspec

from vedette.metrics import Sample
from vedette.model.exchange import Attempt, ExchangeRecord
from vedette.model.usage import Usage
from vedette.model.wire import HEADER_BYTES, Ack, Batch, FromWorker, Hello, Report, frame

RECORD = ExchangeRecord(
    trace_id="1" * 32, span_id="2" * 16, request_id="r", start_ns=1, end_ns=2, method="POST",
    path="/v1/chat/completions", operation="chat", usage=Usage(input_uncached=3, output_text=4),
    tags=("a", "b"), request_body=b"\x00\xff", attempts=(Attempt("p", "m", 1, 2.5, 200),),
)  # fmt: skip


def read(data: bytes) -> FromWorker:
    length = int.from_bytes(data[:HEADER_BYTES], "big")
    assert len(data) == HEADER_BYTES + length
    message: FromWorker = msgspec.msgpack.decode(data[HEADER_BYTES:], type=FromWorker)
    return message


def test_what_a_worker_sends_is_what_the_core_reads() -> None:
    for message in (
        Hello("w0-1"),
        Batch(7, (RECORD, RECORD)),
        Report((Sample("calls", ("a",), 2.0), Sample("times", (), 1.0, [1, 2]))),
    ):
        assert read(frame(message)) == message


def test_an_acknowledgement_names_its_batch() -> None:
    data = frame(Ack(9))
    assert msgspec.msgpack.decode(data[HEADER_BYTES:], type=Ack) == Ack(9)
