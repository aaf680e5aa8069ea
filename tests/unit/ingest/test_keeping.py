import json

import pytest

from vedette.features.fingerprint import Fingerprint
from vedette.features.hashing import TextHasher
from vedette.features.writing import ATTRIBUTE, write_print
from vedette.ingest.conversations import Conversation, texts_of
from vedette.ingest.keeping import Keeping
from vedette.model.chat import Message, TextPart, ToolDefinition
from vedette.model.span import SpanEvent

MAIL = "anna@example.com"
TALK = Conversation(
    (Message("user", (TextPart(content=f"I am {MAIL}"),)),), f"hello {MAIL}",
    (ToolDefinition(name="look", description=MAIL),),
)  # fmt: skip
ATTRIBUTES = {
    "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 5, "note": MAIL, "ratio": 0.5,
    "gen_ai.input.messages": json.dumps([MAIL]), "list": [MAIL],
}  # fmt: skip


def test_full_keeps_all() -> None:
    keeping = Keeping()
    assert keeping.conversation(TALK) is TALK
    assert keeping.attributes(ATTRIBUTES) is ATTRIBUTES
    assert (keeping.text(MAIL), keeping.user(MAIL)) == (MAIL, MAIL)


@pytest.mark.parametrize("mode", ["redacted", "hash", "none"])
def test_other_modes_hide_what_was_said(mode: str) -> None:
    keeping = Keeping(mode, b"key")  # type: ignore[arg-type]
    event = SpanEvent("e", 1, {"content": MAIL})
    kept = keeping.conversation(TALK)
    seen = [kept, keeping.attributes(ATTRIBUTES), keeping.text(MAIL), keeping.user(MAIL),
            keeping.events((event,))]  # fmt: skip
    assert MAIL not in repr(seen)
    assert keeping.attributes(ATTRIBUTES)["gen_ai.request.model"] == "m"
    assert keeping.attributes(ATTRIBUTES)["ratio"] == 0.5


def test_redacted_looks_into_json_that_escapes_hide() -> None:
    hidden = {"input.value": '{"mail": "anna\\u0040example.com"}'}
    assert "anna" not in Keeping("redacted").attributes(hidden)["input.value"]
    broken = Keeping("redacted").attributes({"x": "{ anna@example.com"})
    assert MAIL not in broken["x"]


def test_none_keeps_no_text_and_hash_tells_equal_ones() -> None:
    none = Keeping("none").conversation(TALK)
    assert (texts_of(none.input), none.output, none.tools) == ("", None, ())
    assert set(Keeping("none").attributes(ATTRIBUTES)) == {
        "gen_ai.request.model", "gen_ai.usage.input_tokens", "ratio",
    }  # fmt: skip
    hashed = Keeping("hash", b"key")
    assert hashed.text(MAIL) == hashed.text(MAIL) != hashed.text("other")
    assert hashed.conversation(TALK).output == hashed.text(f"hello {MAIL}")


def test_a_fingerprint_stays_whole_though_it_looks_like_a_secret() -> None:
    made = write_print(Fingerprint(template=TextHasher(MAIL.encode() * 2).text("a template")))
    kept = Keeping("redacted").attributes({ATTRIBUTE: made, "other": made})
    assert kept[ATTRIBUTE] == made
    assert Keeping("redacted").attributes({ATTRIBUTE: MAIL}) != {ATTRIBUTE: MAIL}
