"""How much neighbouring calls resemble each other, and what their evidence is then worth.

Where calls come in runs (sessions, a slow hour, a batch) twenty that agree are not twenty
witnesses. The autocorrelation time tau of a signal says how many calls are worth one independent
one; bets are raised to the power 1 / tau, which keeps them fair (Jensen) and makes runs harmless.
"""

import numpy as np

from vedette.drift.betting import Floats

_SIGNIFICANT = 2.5
"""Standard errors that an autocorrelation must stand above chance."""
_LEAST_PAIRS = 3
_LAGS = 40
_LEAST_ROWS = 16


def autocorrelation_times(values: Floats) -> Floats:
    """Tau of each column, at least 1; rows are calls in order.

    The larger of the summed autocorrelations (as far as they stand above chance) and what they come
    to when they go on to fade as they do from the first to the second (a first-order process seen
    through noise), for short baselines see too little of a long run.
    """
    rows, columns = values.shape
    tau = np.ones(columns)
    if rows < _LEAST_ROWS:
        return tau
    centred = values - values.mean(axis=0)
    power = (centred**2).sum(axis=0)
    power[power == 0] = np.inf
    # Rare events fall side by side by chance: fewer than three such pairs prove no run.
    witnesses = np.maximum(power**2 / np.maximum((centred**4).sum(axis=0), 1e-300), 1)
    limit = np.maximum(_SIGNIFICANT / np.sqrt(rows), _LEAST_PAIRS / witnesses)
    runs_on = np.ones(columns, bool)
    first, fading = np.zeros(columns), np.zeros(columns)
    for lag in range(1, min(_LAGS, rows // 4) + 1):
        found = (centred[lag:] * centred[:-lag]).sum(axis=0) / power
        runs_on &= found > limit
        if not runs_on.any():
            break
        tau += 2 * np.where(runs_on, found, 0)
        if lag == 1:
            first = np.where(runs_on, found, 0)
        elif lag == 2:
            fading = np.where(runs_on, np.minimum(found / np.maximum(first, 1e-9), 0.97), 0)
    faded: Floats = np.maximum(
        tau, 1 + 2 * first / (1 - np.maximum(fading, np.minimum(first, 0.97)))
    )
    return faded
