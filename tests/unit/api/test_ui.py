"""The files of the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.console import Console, run_console

SCRIPT = "console.log('hello');" * 100


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Console]:
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html><title>Vedette</title>")
    (static / "assets" / "app-1a2b.js").write_text(SCRIPT)
    (static / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    with run_console(static_dir=static) as console:
        yield console


def test_every_page_is_the_same_document_and_revalidated(built: Console) -> None:
    for path in ("/", "/index.html", "/traces", "/traces/4bf92f?tab=raw", "/a.b/c"):
        answer = built.client.get(path)
        assert answer.status_code == 200
        assert "<title>Vedette" in answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"


def test_hashed_assets_are_kept_for_ever_and_packed(built: Console) -> None:
    answer = built.client.get("/assets/app-1a2b.js")
    assert answer.text == SCRIPT
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    plain = built.client.get("/assets/app-1a2b.js", headers={"accept-encoding": "identity"})
    assert plain.text == SCRIPT
    assert "content-encoding" not in plain.headers


def test_what_the_browser_has_is_not_sent_again(built: Console) -> None:
    etag = built.client.get("/").headers["etag"]
    again = built.client.get("/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_missing_file_is_not_the_page(built: Console) -> None:
    for path in ("/assets/old-9f.js", "/favicon.ico", "/robots.txt"):
        built.problem(path, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt",
        "/..%5csecret.txt", "/%00", "//etc/passwd", "/assets/%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_nothing_beside_the_folder_is_served(built: Console, path: str) -> None:
    answer = built.client.get(path)
    assert "secret" not in answer.text.replace("secret.txt", "")
    assert "root:" not in answer.text


def test_head_is_answered_without_a_body(built: Console) -> None:
    answer = built.client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_without_a_built_ui_the_page_says_what_to_do(console: Console) -> None:
    page = console.client.get("/traces")
    assert page.status_code == 200
    assert "make ui" in page.text
    assert "1.2.3" in page.text
    assert page.headers["cache-control"] == "no-store"
    console.problem("/api/v2/x", 404)
