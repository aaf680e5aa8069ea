"""Each token stands in one bucket, and the buckets sum to the totals."""

import msgspec

from vedette.model.usage import Usage

OUTPUT = {"output_text", "reasoning", "audio_output", "image_output"}


def test_every_bucket_counts_once_in_exactly_one_total() -> None:
    for name in Usage.__struct_fields__:
        if name == "estimated":
            continue
        usage = msgspec.structs.replace(Usage(), **{name: 7})
        expected = (0, 7) if name in OUTPUT else (7, 0)
        assert (usage.input_total, usage.output_total) == expected, name


def test_empty_usage_takes_no_room_on_the_wire() -> None:
    assert msgspec.json.encode(Usage()) == b"{}"
