"""Multipart forms: the model field and no other byte."""

import pytest

from vedette.dialects.forms import find_form_model, form_boundary, replace_form_model
from vedette.errors import BadRequest

BOUNDARY = b"----x9"


def field(name: str, value: bytes, more: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return b"--" + BOUNDARY + b"\r\n" + head.encode() + value + b"\r\n"


FILE = field("file", b"\x00\x01--\r\nmodel\xff", '; filename="a.wav"\r\nContent-Type: audio/wav')
END = b"--" + BOUNDARY + b"--\r\n"


def test_the_model_is_found_wherever_it_stands() -> None:
    assert find_form_model(field("model", b"whisper-1") + FILE + END, BOUNDARY) == "whisper-1"
    assert find_form_model(FILE + field("model", b"whisper-1") + END, BOUNDARY) == "whisper-1"
    assert find_form_model(b"preamble\r\n" + field("model", b"m") + END, BOUNDARY) == "m"


def test_an_incomplete_field_is_not_believed() -> None:
    form = field("model", b"whisper-1") + FILE + END
    end = form.index(b"whisper-1") + len(b"whisper-1\r\n--" + BOUNDARY)
    for cut in range(end):
        assert find_form_model(form[:cut], BOUNDARY) is None
    assert find_form_model(form[:end], BOUNDARY) == "whisper-1"


@pytest.mark.parametrize(
    "form",
    [
        field("models", b"a") + END,
        field("model", b"a", '; filename="m.txt"') + END,
        field("x", b"a", '; filename="; name=\\"model\\""') + END,
        field("x", field("y", b"z")[2:].replace(b'"y"', b'"model"')) + END,
        b"--" + BOUNDARY + b"\r\nContent-Type: text/plain\r\n\r\nm\r\n" + END,
        b"no form at all",
        b"",
    ],
)
def test_what_is_no_model_field_is_left_alone(form: bytes) -> None:
    assert find_form_model(form, BOUNDARY) is None
    assert replace_form_model(form, BOUNDARY, "new") == (form, 0)


def test_heads_may_be_written_in_other_ways() -> None:
    head = b"content-type: text/plain\r\nCONTENT-DISPOSITION:form-data;name=model;x=1\r\n\r\n"
    form = b"--" + BOUNDARY + b"\r\n" + head + b"m\r\n" + END
    assert find_form_model(form, BOUNDARY) == "m"


def test_only_the_value_changes() -> None:
    form = FILE + field("model", b"whisper-1") + field("language", b"de") + END
    spliced, grown = replace_form_model(form, BOUNDARY, "provider/größer")
    assert spliced == form.replace(b"whisper-1", "provider/größer".encode())
    assert grown == len(spliced) - len(form)


def test_a_model_name_cannot_break_out_of_its_field() -> None:
    with pytest.raises(BadRequest):
        replace_form_model(field("model", b"a") + END, BOUNDARY, "a\r\n------x9")


def test_boundary_of_a_content_type() -> None:
    assert form_boundary('multipart/form-data; charset=utf-8; boundary="a b"') == b"a b"
    assert form_boundary("Multipart/Form-Data;boundary=----x9") == BOUNDARY
    assert form_boundary("multipart/form-data") is None
    assert form_boundary("multipart/mixed; boundary=a") is None
    assert form_boundary("application/json; boundary=a") is None
    assert form_boundary("") is None
