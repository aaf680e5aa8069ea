"""What is written anew for a prompt is what the vendor's own event is."""

import json

import pytest

from tests.support.bedrock import context
from tests.unit.dialects.test_bedrock_invoke_writer import said_in
from vedette.dialects import bedrock_invoke
from vedette.dialects.assemble import assemble
from vedette.dialects.bedrock_invoke_texts import METRICS
from vedette.dialects.bedrock_invoke_texts_writer import FORMS, TextsWriter, guessed
from vedette.dialects.contract import Fault
from vedette.dialects.eventstream import EventStreamReader
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import Delta, Start, Stop, TextDelta, TextPart, UsageDelta
from vedette.model.usage import Usage

USED = UsageDelta(Usage(input_uncached=4, output_text=2))


def written(form: str, *deltas: Delta) -> bytes:
    writer = TextsWriter(context(), "outputs")
    return b"".join(map(writer.write, (Start(form=form), *deltas))) + writer.end()


@pytest.mark.parametrize("reason", ["stop", "length", "content_filter"])
@pytest.mark.parametrize("form", FORMS)
def test_a_stream_reads_as_it_was_written(form: str, reason: str) -> None:
    data = written(form, TextDelta("Hello "), TextDelta("there"), USED, Stop(reason))
    reader = bedrock_invoke.StreamReader()
    deltas = [d for event in EventStreamReader().feed(data) for d in reader.read(event.data)]
    assert isinstance(deltas[0], Start)
    assert deltas[0].form == form
    answer = assemble(deltas)
    (part,) = answer.messages[0].parts
    assert part == TextPart(content="Hello there")
    (ended,) = answer.finish_reasons
    word = neutral_stop(bedrock_invoke.NAME, ended)
    assert word == reason or (form, ended) == ("completion", "stop_sequence")
    assert answer.usage == USED.usage
    last = json.loads(said_in(data)[-1])
    assert last[METRICS] == {"inputTokenCount": 4, "outputTokenCount": 2}


def test_several_choices_each_have_their_end() -> None:
    told: list[Delta] = [TextDelta("a", 0), TextDelta("b", 1), Stop("stop", 0), Stop("length", 1)]
    events = [json.loads(event) for event in said_in(written("text", *told))]
    assert [event["index"] for event in events] == [0, 1, 0, 1]
    assert [event.get("finish_reason") for event in events] == [
        None, None, "COMPLETE", "MAX_TOKENS",
    ]  # fmt: skip


def test_an_answer_without_a_reason_ends_all_the_same() -> None:
    (event,) = map(json.loads, said_in(written("generation")))
    assert (event["generation"], event["stop_reason"]) == ("", "stop")


def test_a_failed_stream_ends_with_an_exception() -> None:
    data = TextsWriter(context(), "outputs").error(Fault(400, "No.", "invalid", "blocked"))
    (event,) = EventStreamReader().feed(data)
    assert b"No." in event.data


@pytest.mark.parametrize(
    ("fields", "model", "form"),
    [
        ({"prompt": "", "max_gen_len": 5}, "r", "generation"),
        ({"prompt": "", "max_tokens_to_sample": 5}, "r", "completion"),
        ({"inputText": ""}, "r", "outputText"),
        ({"message": ""}, "r", "event_type"),
        ({"prompt": ""}, "cohere.command-text-v14", "text"),
        ({"prompt": ""}, "eu.meta.llama3-1", "generation"),
        ({"prompt": ""}, "r", "outputs"),
    ],
    ids=["llama", "claude", "titan", "command-r", "command", "llama-by-name", "mistral"],
)
def test_before_there_is_an_event_the_request_tells(
    fields: dict[str, object], model: str, form: str
) -> None:
    assert guessed(fields, model) == form
