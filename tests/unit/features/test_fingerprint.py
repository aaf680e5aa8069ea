"""Fingerprints of calls."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vedette.features.fingerprint import Fingerprint, read_fingerprint, read_prompt
from vedette.features.hashing import TextHasher

HASHER = TextHasher(b"0123456789abcdef")


def test_prompts_of_one_template_share_skeleton_head_and_tail() -> None:
    one = read_prompt("Is 17 a prime number? Think and answer.", HASHER)
    other = read_prompt("Is 1234 a prime number? Think and answer.", HASHER)
    assert one.skeleton == other.skeleton
    assert (one.head, one.tail) == (other.head, other.tail)
    assert one.hash != other.hash


def test_what_is_not_known_is_none() -> None:
    empty = read_fingerprint(hasher=HASHER)
    assert empty == Fingerprint()
    assert read_fingerprint(hasher=HASHER, answer="").answer is not None
    assert read_fingerprint(hasher=HASHER, tools=["look"]).answer is not None


@given(st.text(), st.text(), st.text())
def test_any_call_has_a_fingerprint(template: str, text: str, answer: str) -> None:
    found = read_fingerprint(hasher=HASHER, template=template, input=text, answer=answer)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Fingerprint) == found


def test_a_fingerprint_holds_no_word_of_the_call() -> None:
    secret = "Wolpertinger zebrafinch quixotic marmalade"
    found = read_fingerprint(hasher=HASHER, template=secret, input=secret, answer=secret)
    data = msgspec.json.encode(found).lower()
    assert not any(word.encode() in data for word in secret.lower().split())
