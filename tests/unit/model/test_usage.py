"""Each token stands in one bucket, and the buckets sum to the totals."""

import msgspec

from vedette.model.usage import COUNTS, SEARCHES, TOKENS, Usage

OUTPUT = {"output_text", "reasoning", "audio_output", "image_output"}


def test_every_bucket_counts_once_in_exactly_one_total() -> None:
    for name in Usage.__struct_fields__:
        usage = msgspec.structs.replace(Usage(), **{name: 7})
        expected = (0, 7) if name in OUTPUT else (7, 0)
        if name not in TOKENS:
            expected = (0, 0)
        assert (usage.input_total, usage.output_total) == expected, name


def test_what_is_read_from_a_cache_is_counted_by_kind_and_together() -> None:
    usage = Usage(cache_read=1, cache_read_audio=2, cache_read_image=4, input_uncached=8)
    assert (usage.cache_read_total, usage.input_total) == (7, 15)


def test_all_that_is_counted_are_tokens_and_searches() -> None:
    assert (*COUNTS, "estimated") == Usage.__struct_fields__
    assert set(COUNTS) == {*TOKENS, *SEARCHES}


def test_empty_usage_takes_no_room_on_the_wire() -> None:
    assert msgspec.json.encode(Usage()) == b"{}"


def test_two_usages_together_are_the_sum_of_each_bucket() -> None:
    one = msgspec.structs.replace(Usage(), **dict.fromkeys(COUNTS, 3))
    counts = {name: number for number, name in enumerate(COUNTS)}
    other = msgspec.structs.replace(Usage(estimated=True), **counts)
    both = one.plus(other)
    assert [getattr(both, name) for name in COUNTS] == [3 + n for n in range(len(COUNTS))]
    assert both.estimated
    assert not one.plus(one).estimated
