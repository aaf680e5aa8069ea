import os
import signal

import pytest

from vedette.cli.interrupts import on_interrupt


def test_an_interrupt_is_handled_as_wanted_and_then_as_before() -> None:
    before, heard = signal.getsignal(signal.SIGINT), []
    with on_interrupt(lambda number, _: heard.append(number)):
        os.kill(os.getpid(), signal.SIGINT)
    assert heard == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) is before


def test_what_fails_meanwhile_leaves_it_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(LookupError), on_interrupt(signal.SIG_IGN):
        raise LookupError
    assert signal.getsignal(signal.SIGINT) is before
