"""Signatures through a field that must be base64."""

import base64

import pytest
from google.genai import types
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.gemini_signatures import read_signature, write_signature


def through_the_client(written: str) -> str:
    """What Google's client gives back of a signature: decoded, and encoded in its own way."""
    part = types.Part.model_validate({"text": "", "thoughtSignature": written})
    assert part.thought_signature is not None
    return base64.urlsafe_b64encode(part.thought_signature).decode()


def test_geminis_own_stay_as_they_are() -> None:
    own = "EjQKMgG+Pvb7sig/naturQ=="
    assert write_signature(own, "gemini") == own
    assert read_signature(own) == (own, "gemini", "")
    assert write_signature("", "anthropic") == ""
    assert read_signature("") == ("", "", "")


@given(
    signature=st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1),
    source=st.sampled_from(["anthropic", "openai_responses", "bedrock"]),
    id=st.sampled_from(["", "rs_1"]),
)
def test_those_of_others_come_back_through_googles_client(
    signature: str, source: str, id: str
) -> None:
    written = write_signature(signature, source, id)
    assert base64.b64decode(written, validate=True)
    assert read_signature(written) == (signature, source, id)
    assert read_signature(through_the_client(written)) == (signature, source, id)


def test_one_of_nobody_that_cannot_be_geminis_is_still_base64() -> None:
    written = write_signature("no base64!", "")
    assert read_signature(through_the_client(written)) == ("no base64!", "unknown", "")


@pytest.mark.parametrize("odd", ["dmR0O", "dmR0Og", "dmR0Og==", "dmR0O###", "dmR0Ov8="])
def test_what_only_looks_sealed_is_no_error(odd: str) -> None:
    assert isinstance(read_signature(odd), tuple)
