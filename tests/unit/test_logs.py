"""Log lines: complete, on one line, and without what exceptions quote."""

import io
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette import logs


@pytest.fixture(autouse=True)
def root() -> Iterator[None]:
    """Give the root logger back as it was."""
    logger = logging.getLogger()
    handlers, level = list(logger.handlers), logger.level
    yield
    logger.handlers[:] = handlers
    logger.setLevel(level)


def write(format: str, level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    logs.setup(level, format, process="core", stream=stream)
    return stream


def fail() -> None:
    raise ValueError("the prompt was hunter2")


def test_json_lines_hold_time_level_process_and_extras() -> None:
    stream = write("json")
    logging.getLogger("vedette.x").warning("%d lost", 3, extra={"worker": "w0"})
    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "warning", "process": "core", "logger": "vedette.x", "message": "3 lost",
        "worker": "w0",
    }  # fmt: skip


@pytest.mark.parametrize("format", ["json", "console"])
def test_an_exception_shows_its_type_and_place_but_not_its_text(format: str) -> None:
    stream = write(format)
    try:
        fail()
    except ValueError:
        logging.getLogger("vedette.x").exception("it failed")
    text = stream.getvalue()
    assert "hunter2" not in text
    assert "it failed" in text
    assert "ValueError at test_logs.py:" in text
    assert text.count("\n") == 1


@pytest.mark.parametrize("format", ["json", "console"])
def test_a_message_stays_on_its_line(format: str) -> None:
    stream = write(format)
    logging.getLogger("vedette.x").info("a\nb\x1b[31m")
    assert stream.getvalue().count("\n") == 1
    assert "\x1b" not in stream.getvalue()


def test_lines_for_people_have_level_and_process() -> None:
    stream = write("console")
    logging.getLogger("vedette.x").info("ready")
    assert stream.getvalue().split()[1:] == ["INFO", "core", "ready"]


def test_the_level_is_kept_and_libraries_are_quieter() -> None:
    stream = write("console")
    logging.getLogger("vedette.x").debug("no")
    logging.getLogger("uvicorn.error").info("no")
    logging.getLogger("uvicorn.error").warning("yes")
    logging.getLogger("signxml.processor").info("no")
    assert stream.getvalue().endswith("yes\n")
    assert stream.getvalue().count("\n") == 1


def test_a_second_setup_replaces_the_first() -> None:
    first, second = write("console"), write("json", "error")
    logging.getLogger("vedette.x").warning("no")
    logging.getLogger("vedette.x").error("yes")
    assert not first.getvalue()
    assert json.loads(second.getvalue())["message"] == "yes"


def test_a_stream_that_nobody_reads_does_not_break(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as broken:
        stream = logs.Unbreakable(broken)
        assert stream.write("x" * 100_000) == 100_000
        stream.flush()
        assert not stream.isatty()
        assert stream.encoding == "utf-8"
        os.dup2(os.open(os.devnull, os.O_WRONLY), writer)
    path = tmp_path / "log"
    with path.open("w", encoding="utf-8") as whole:
        stream = logs.Unbreakable(whole)
        stream.write("told")
        stream.flush()
        assert path.read_text() == "told"
