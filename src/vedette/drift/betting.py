"""Bets against the hypothesis that nothing has changed.

Theory. Under exchangeability (nothing has changed) the newest of n + 1 values is equally likely to
be any of them. Its rank interval (lo, hi) among all of them, itself included, is then distributed
so that for every density f on [0, 1] with distribution function F

    e = (F(hi) - F(lo)) / (hi - lo)

has the expectation 1: a fair bet (conformal e-values; Vovk, Gammerman, Shafer 2022). Ties widen
the interval and need no lots. For a class that holds the share s of the n + 1, a bet that its odds
are o times as high pays o / (1 + s (o - 1)) on a hit and 1 / (1 + s (o - 1)) on a miss, which is
fair as well. Bets of following calls multiply: 20 calls that each double the stake are a million
to one.

A change may begin at any call, so each bet is opened anew at every call, and all that are open run
on: R <- (d R + 1) e (Shiryaev-Roberts; e-detectors of Shin, Ramdas, Rinaldo 2023). The mean of R
after t calls is at most t, hence the chance that R reaches c within t calls is about t / c at most:
the rate of false alarms is bounded, whatever the distribution and however often one looks. A
weighted mean of such values over many kinds of bets and many signals has the same bound, so nothing
need be corrected for looking at many things. The discount d forgets evidence that grows more slowly
than one part in `MEMORY` a call: what a small baseline happened to have or to lack.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MEMORY = 300
"""Calls after which evidence that does not grow has faded to a third."""
_DISCOUNT = 1 - 1 / MEMORY
_CEILING = 1e60
_HIGHEST = 64.0
"""What one bet may win at once: no single call proves anything."""

_TILTS = np.array([0.7, 1.5, 3.0, 5.0, 8.0])
"""Logarithms of the odds ratios that are bet on."""
CLASS_BETS = 2 * len(_TILTS)
"""More often, less often."""
_GAIN: Floats = np.exp(np.concatenate([_TILTS, -_TILTS]))[:, None] - 1

_RANK_TILTS = np.array([0.5, 1.0, 1.8, 3.0, 5.0])
_STRONGEST = len(_RANK_TILTS) - 1
_SHARES = np.array([[0.5], [0.2]])
"""Parts of the calls that moved, where not all did."""
_BINS = 10
_BIN_STAKE = 0.8
_PLACES: Floats = np.arange(float(_BINS))[:, None]
_RANK_GAIN: Floats = np.exp(_RANK_TILTS)[:, None] - 1
_SIDE = len(_RANK_TILTS) + len(_SHARES)
_ENDS, _TENTHS = 0.12, 0.18

RANK_BETS = 2 * _SIDE + len(_RANK_TILTS) + _BINS
"""Low ranks, high ranks, both ends, each tenth."""


def rank_weights(*, low: float = 1.0, high: float = 1.0, else_: float = 1.0) -> Floats:
    """What each rank bet may spend, relative to its usual part; the weights sum to 1."""
    sides = 1 - _ENDS - _TENTHS
    weights = np.concatenate(
        [
            np.full(_SIDE, low * sides / 2 / _SIDE),
            np.full(_SIDE, high * sides / 2 / _SIDE),
            np.full(len(_RANK_TILTS), else_ * _ENDS / len(_RANK_TILTS)),
            np.full(_BINS, else_ * _TENTHS / _BINS),
        ]
    )
    parts: Floats = weights / weights.sum()
    return parts


def class_weights(*, more: float = 1.0, less: float = 1.0) -> Floats:
    """What each class bet may spend; the weights sum to 1."""
    half = len(_TILTS)
    weights = np.concatenate([np.full(half, more), np.full(half, less)])
    parts: Floats = weights / weights.sum()
    return parts


def rank_bets(low: Floats, high: Floats) -> Floats:
    """E-values of all bets, a row for each signal; (low, high) are rank intervals."""
    count = len(low)
    sums = _distribution(np.concatenate([low, high]))
    bets = sums[:, count:] - sums[:, :count]
    bets /= np.maximum(high - low, 1e-12)
    np.minimum(bets, _HIGHEST, out=bets)
    return bets.T


def _distribution(p: Floats) -> Floats:
    """The distribution functions of all densities that are bet on, a column for each of `p`."""
    count, tilts = len(p), len(_RANK_TILTS)
    found = np.empty((RANK_BETS, count))
    below, above = found[:_SIDE], found[_SIDE : 2 * _SIDE]
    ends, bins = found[2 * _SIDE : -_BINS], found[-_BINS:]
    sides = _one_side(np.concatenate([p, 1 - p]))
    below[:] = sides[:, :count]
    np.subtract(1, sides[:, count:], out=above)
    np.add(below[:tilts], above[:tilts], out=ends)
    ends /= 2
    np.subtract(p * _BINS, _PLACES, out=bins)
    np.maximum(bins, 0, out=bins)
    np.minimum(bins, 1, out=bins)
    bins *= _BIN_STAKE
    bins += p * (1 - _BIN_STAKE)
    return found


def _one_side(p: Floats) -> Floats:
    """Ranks whose odds are moved down: what a shift of a logistic distribution does."""
    found = np.empty((_SIDE, len(p)))
    tilted, shared = found[: len(_RANK_TILTS)], found[len(_RANK_TILTS) :]
    np.multiply(p, 1 + _RANK_GAIN, out=tilted)
    tilted /= 1 + p * _RANK_GAIN
    np.multiply(_SHARES, tilted[_STRONGEST], out=shared)
    shared += (1 - _SHARES) * p
    return found


def class_bets(hit: Flags, share: Floats) -> Floats:
    """E-values of all bets, a row for each class.

    `hit` says whether the newest call is in the class, `share` is the part of the calls so far that
    are, the newest included.
    """
    won: Floats = np.where(hit, 1 + _GAIN, 1.0)
    won /= 1 + share * _GAIN
    np.minimum(won, _HIGHEST, out=won)
    return won.T


class Detector:
    """The e-detectors of some signals: one running sum for each signal and bet.

    In memory a bet comes after the other, with all signals of each: there are hundreds of signals
    and few bets, and numpy is fast along what is long.
    """

    def __init__(self, weights: Floats) -> None:
        """`weights`: what each signal (row) and bet (column) may spend of the whole."""
        self._weights: Floats = np.ascontiguousarray(weights.T)
        self._sums: Floats = np.zeros_like(self._weights)
        self._powers: Floats = np.ones(0)
        self._damped: NDArray[np.intp] = np.zeros(0, np.intp)

    def damp(self, tau: Floats) -> None:
        """Raise the bets of each signal to the power 1 / tau from now on."""
        (self._damped,) = (tau > 1).nonzero()
        self._powers = (1 / tau[self._damped])[:, None]

    def update(self, betting: Flags, bets: Floats) -> float:
        """Take the e-values of a call; of the signals that do not bet on it nothing changes.

        Returns the part of the whole that all signals hold.
        """
        if len(self._damped):
            bets[self._damped] **= self._powers
        sums = self._sums * _DISCOUNT
        sums += 1
        sums *= bets.T
        np.minimum(sums, _CEILING, out=sums)
        self._sums = sums if betting.all() else np.where(betting, sums, self._sums)
        return float(np.vdot(self._weights, self._sums))

    def reset(self) -> None:
        """Close all bets."""
        self._sums[:] = 0.0

    def parts(self) -> Floats:
        """What each signal adds to the whole."""
        parts: Floats = (self._weights * self._sums).sum(axis=0)
        return parts

    def weights(self) -> Floats:
        """What each signal may spend of the whole."""
        weights: Floats = self._weights.sum(axis=0)
        return weights

    def best_bet(self, signal: int) -> int:
        """The bet that has won most for a signal."""
        return int(np.argmax(self._weights[:, signal] * self._sums[:, signal]))
