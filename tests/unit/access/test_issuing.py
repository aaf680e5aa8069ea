"""Keys as texts."""

import hashlib
import os
import re

from vedette.access.issuing import issue, public_part


def test_a_key_is_an_id_and_a_long_secret() -> None:
    issued = issue(os.urandom)
    match = re.fullmatch(r"vdt_([0-9a-f]{12})_([0-9a-f]{48})", issued.text)
    assert match is not None
    assert match[1] == issued.id
    assert issued.sha256 == hashlib.sha256(issued.text.encode()).hexdigest()
    assert match[2] not in issued.sha256


def test_no_two_keys_are_alike() -> None:
    keys = [issue(os.urandom) for _ in range(200)]
    assert len({key.id for key in keys}) == len({key.text for key in keys}) == 200


def test_a_secret_is_never_looked_for() -> None:
    assert public_part("vdt_0123AB_secret") == "0123ab"
    assert public_part("vdt_01") == "01"
    assert public_part("0123") == "0123"
    assert public_part("") == ""
