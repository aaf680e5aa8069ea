from vedette.features.conversation import joined, template_and_input


def test_instructions_are_the_template_and_the_rest_the_input() -> None:
    said = [("system", "Be short."), ("developer", "Be kind."), ("user", "When?")]
    assert template_and_input(said) == ("Be short.\nBe kind.", "When?")


def test_several_messages_have_their_roles() -> None:
    said = [("user", "When?"), ("assistant", "Noon."), ("user", "Sure?")]
    assert template_and_input(said) == (None, "user: When?\nassistant: Noon.\nuser: Sure?")


def test_nothing_said_is_nothing() -> None:
    assert template_and_input([]) == (None, None)
    assert template_and_input([("system", "")]) == (None, None)


def test_parts_are_joined_by_lines_without_the_empty_ones() -> None:
    assert joined(["one", "", "two"]) == "one\ntwo"
