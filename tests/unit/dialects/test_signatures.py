"""Signatures go home, wherever the client carried them."""

import pytest

from vedette.dialects.signatures import is_ours, seal, seal_thought, unseal


@pytest.mark.parametrize("signature", ["EqQBCgIYAg==", "vdt", "a:b:c", "vdt:odd:looking"])
def test_a_sealed_signature_comes_back_with_its_source(signature: str) -> None:
    sealed = seal(signature, "gemini", "openai_chat")
    assert unseal(sealed, "openai_chat") == (signature, "gemini")


def test_a_signature_in_its_own_dialect_stays_as_it_is() -> None:
    assert seal("EqQB", "anthropic", "anthropic") == "EqQB"
    assert unseal("EqQB", "anthropic") == ("EqQB", "anthropic")


def test_no_signature_has_no_source() -> None:
    assert seal("", "gemini", "anthropic") == ""
    assert unseal("", "anthropic") == ("", "")


def test_a_foreign_thought_without_signature_is_marked() -> None:
    marked = seal_thought("", "openai_chat", "anthropic")
    assert unseal(marked, "anthropic") == ("", "openai_chat")
    assert seal_thought("", "anthropic", "anthropic") == ""
    assert seal_thought("", "", "anthropic") == ""
    assert seal_thought("s", "gemini", "anthropic") == seal("s", "gemini", "anthropic")


def test_only_the_signer_takes_a_signature() -> None:
    assert is_ours("anthropic", "bedrock")
    assert is_ours("", "gemini")
    assert not is_ours("openai_responses", "anthropic")
