"""Tests in which one process plays several."""

import pytest

from vedette.costs.marks import IS_OF_FILE

several_holders = pytest.mark.skipif(
    not IS_OF_FILE, reason="only Linux tells the marks of one process apart"
)
