from vedette.dialects.gemini_calls import CallBook, number_calls, own_id
from vedette.model.chat import Message, Part, TextPart, ToolCallPart, ToolResultPart


def ids(*parts: Part) -> list[str]:
    (message,) = number_calls([Message(role="user", parts=parts)])
    return [getattr(part, "id", "") for part in message.parts]


def call(name: str, id: str = "") -> ToolCallPart:
    return ToolCallPart(name=name, id=id)


def result(name: str, id: str = "") -> ToolResultPart:
    return ToolResultPart(name=name, id=id)


def test_calls_without_an_id_are_numbered_and_results_find_them() -> None:
    made = ids(call("f"), call("g"), call("f"), result("g"), result("f"), result("f"))
    assert made == ["vdt000001", "vdt000002", "vdt000003", "vdt000002", "vdt000001", "vdt000003"]


def test_ids_that_are_there_stay() -> None:
    assert ids(call("f", "a"), TextPart(content="x"), result("f", "a")) == ["a", "", "a"]
    assert ids(call("f", "a"), call("f"), result("f", "a"), result("f")) == [
        "a", "vdt000001", "a", "vdt000001",
    ]  # fmt: skip


def test_a_result_of_no_name_answers_the_first_open_call() -> None:
    assert ids(call("f"), result("h")) == ["vdt000001", "vdt000001"]
    assert ids(result("h")) == ["vdt000001"]
    assert ids(result("h", "x")) == ["x"]


def test_numbers_of_ours_are_no_ids_for_gemini() -> None:
    assert own_id("vdt000012") == ""
    assert own_id("call_1") == "call_1"
    assert len(ids(call("f"))[0]) == 9


def test_a_result_repeats_what_gemini_wants_of_its_call() -> None:
    book = CallBook()
    book.note(call("f", "a"))
    book.note(call("g", "b"))
    assert book.name_of(result("", "b")) == "g"
    assert book.name_of(result("h", "b")) == "h"
    assert book.name_of(result("", "x")) == "x"
    assert book.in_order([result("", "x"), result("", "b"), result("", "a")]) == [
        result("", "a"),
        result("", "b"),
        result("", "x"),
    ]
