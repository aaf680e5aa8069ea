"""Training of the networks over the meanings of words (`detectors/learned/meanings.py`).

Adam on the logistic loss, in numpy; a network has several heads, and of a text some may be unknown.
The vectors of words stay as they are. So that the network learns what words mean rather than which
they are, vectors get noise about as large as what tells synonyms apart, and some words are taken
away.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from guard_training.fitting import Floats
from guard_training.samples import Row
from vedette.detectors.learned.meanings import LONG, WIDTH, Layers, MeaningModel, read_words
from vedette.detectors.learned.vocabulary import Rows, Vocabulary
from vedette.guard.folding import fold

FILTERS, HIDDEN = 64, 24
EPOCHS, BATCH = 8, 128
RATE, WARM, DECAY = 0.01, 50, 0.003
CAP = 2_500
"""Texts of a source and label; of those written for training twice as many."""
NOISE = 0.4
"""Of vectors, in their standard deviations."""
AWAY = 0.1
"""Share of words, and of what filters say, that is taken away."""
SENSE = 0.5
"""How long the vector of a sense is, where those of words are about 1."""


class Words:
    """The vocabulary and what the network reads of each word."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary.read()
        self.vectors, self.senses = read_words()
        size = float(np.sqrt((self.vectors[1:].astype(np.float32) ** 2).sum(1).mean()))
        self.scale = np.float32(1 / size)
        kinds = int(self.senses.max()) + 1
        marks = np.zeros((len(self.senses), kinds), np.float32)
        marks[np.arange(len(marks)), self.senses] = SENSE
        self.table = np.hstack((self.vectors * self.scale, marks[:, 1:])).astype(np.float32)
        self.spread = self.table.std(0)

    def numbers(self, texts: Sequence[str]) -> list[Rows]:
        """The words of texts."""
        return [self.vocabulary.numbers(fold(text).text) for text in texts]

    def model(self, weights: dict[str, Floats]) -> MeaningModel:
        """As it is read from the file."""
        return MeaningModel(self.vocabulary, self.vectors, self.senses, self.layers(weights))

    def layers(self, weights: dict[str, Floats]) -> Layers:
        """The weights with the scale of the vectors and the marks of senses multiplied in."""
        size = self.vectors.shape[1]
        filters = len(weights["bias"])
        parts = weights["filters"].reshape(WIDTH, -1, filters)
        across = np.concatenate(list(parts), axis=1)
        senses = np.vstack((np.zeros(across.shape[1], np.float32), across[size:] * SENSE))
        wide = 2 * filters
        found = {
            "words": across[:size] * self.scale,
            "senses": senses,
            "bias": weights["bias"],
            "above": np.hstack((weights["above"], weights["last"][:wide])),
            "above_bias": np.append(weights["above_bias"], weights["last_bias"]),
            "last": weights["last"][wide:],
        }
        return Layers(**{name: _short(value) for name, value in found.items()})


def _short(value: Floats) -> Floats:
    """As precise as in the file."""
    return value.astype(np.float16).astype(np.float32)


def fit(
    words: Words,
    rows: Sequence[Row],
    numbers: Sequence[Rows],
    targets: Floats,
    use: NDArray[np.int64],
) -> dict[str, Floats]:
    """Weights of a network that has seen the rows `use`; of `targets` (`[rows, heads]`) what is not
    a number is unknown."""
    rng = np.random.default_rng(0)
    chosen, sizes = _drawn(rows, targets, use, rng)
    labels = np.nan_to_num(targets[chosen])
    network = _Network(words, targets.shape[1], rng)
    steps = EPOCHS * -(-len(chosen) // BATCH)
    done = 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(chosen))
        for batch in _batches(order):
            texts = [_part(numbers[chosen[index]], rng) for index in batch]
            rate = RATE * min(1.0, (done + 1) / WARM) * (1 - done / steps)
            network.learn(texts, labels[batch], sizes[batch], rate)
            done += 1
    return network.weights


def _batches(order: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _drawn(
    rows: Sequence[Row], targets: Floats, use: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    """No more than `CAP` rows of each source and label; both labels of a head weigh the same."""
    cells: dict[tuple[str, str], list[int]] = {}
    for index in use.tolist():
        cells.setdefault((rows[index].group, str(targets[index])), []).append(index)
    chosen: list[int] = []
    for (group, _), members in sorted(cells.items()):
        most = CAP * (2 if group == "written" else 1)
        many = len(members) > most
        chosen += rng.choice(members, most, replace=False).tolist() if many else members
    known = targets[chosen]
    weights = np.zeros(known.shape, np.float32)
    for label in (0, 1):
        mine = known == label
        weights += mine * (len(chosen) / 2 / np.maximum(1, mine.sum(0)))
    return np.array(chosen), weights


def _part(numbers: Rows, rng: np.random.Generator) -> Rows:
    """Of a long text its beginning, its end or half of both."""
    if len(numbers) <= LONG:
        return numbers
    half = LONG // 2
    parts = (numbers[:LONG], numbers[-LONG:], np.concatenate((numbers[:half], numbers[-half:])))
    return parts[int(rng.integers(3))]


class _Network:
    """Weights with the moments of Adam."""

    def __init__(self, words: Words, heads: int, rng: np.random.Generator) -> None:
        self._words = words
        self._rng = rng
        size = WIDTH * words.table.shape[1]
        self.weights: dict[str, Floats] = {
            "filters": self._drawn((size, FILTERS), 3 * np.sqrt(2 / size)),
            "bias": np.zeros(FILTERS, np.float32),
            "above": self._drawn((2 * FILTERS, HIDDEN), np.sqrt(1 / FILTERS)),
            "above_bias": np.zeros(HIDDEN, np.float32),
            "last": self._drawn((2 * FILTERS + HIDDEN, heads), 0.1),
            "last_bias": np.zeros(heads, np.float32),
        }
        self._first = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self._second = {name: np.zeros_like(value) for name, value in self.weights.items()}
        self._steps = 0

    def learn(self, texts: Sequence[Rows], labels: Floats, sizes: Floats, rate: float) -> None:
        """One step down the gradient of the loss of these texts."""
        weights, places, starts, counts = self.weights, *self._laid_out(texts)
        fits = np.maximum(places @ weights["filters"] + weights["bias"], 0)
        best = np.maximum.reduceat(fits, starts)
        root = np.sqrt(counts).astype(np.float32)[:, None]
        pooled = np.concatenate((best, np.add.reduceat(fits, starts) / root), axis=1)
        kept = (self._rng.random(pooled.shape) >= AWAY).astype(np.float32) / (1 - AWAY)
        pooled *= kept
        hidden = np.maximum(pooled @ weights["above"] + weights["above_bias"], 0)
        both = np.concatenate((pooled, hidden), axis=1)
        logit = both @ weights["last"] + weights["last_bias"]
        error = (sizes * (1 / (1 + np.exp(-logit)) - labels) / len(labels)).astype(np.float32)
        wide = pooled.shape[1]
        to_hidden = error @ weights["last"][wide:].T * (hidden > 0)
        to_pooled = error @ weights["last"][:wide].T + to_hidden @ weights["above"].T
        to_pooled *= kept
        owner = np.repeat(np.arange(len(counts)), counts)
        to_fits = np.where(fits == best[owner], to_pooled[owner, :FILTERS], 0)
        to_fits = (to_fits + (to_pooled[:, FILTERS:] / root)[owner]) * (fits > 0)
        self._down(
            {
                "filters": places.T @ to_fits,
                "bias": to_fits.sum(0),
                "above": pooled.T @ to_hidden,
                "above_bias": to_hidden.sum(0),
                "last": both.T @ error,
                "last_bias": error.sum(0),
            },
            rate,
        )

    def _laid_out(
        self, texts: Sequence[Rows]
    ) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
        """Neighbouring words side by side, where each text begins, its number of places.

        Texts stand one behind the other with nothing between them that a filter could see.
        """
        counts = np.array([len(text) for text in texts]) + WIDTH - 1
        starts = np.cumsum(counts) - counts
        numbers = np.zeros(int(counts.sum()) + WIDTH - 1, np.int64)
        for start, text in zip(starts.tolist(), texts, strict=True):
            here = slice(start + WIDTH - 1, start + WIDTH - 1 + len(text))
            numbers[here] = np.where(self._rng.random(len(text)) < AWAY, 0, text)
        vectors = self._words.table[numbers]
        noise = self._rng.standard_normal(vectors.shape, dtype=np.float32)
        vectors = vectors + noise * (NOISE * self._words.spread) * (numbers > 0)[:, None]
        size = len(numbers) - WIDTH + 1
        places = np.concatenate([vectors[part : part + size] for part in range(WIDTH)], axis=1)
        return places, starts, counts

    def _down(self, gradients: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        for name, gradient in gradients.items():
            first, second = self._first[name], self._second[name]
            first += 0.1 * (gradient - first)
            second += 0.01 * (gradient * gradient - second)
            size = np.sqrt(second / (1 - 0.99**self._steps)) + 1e-8
            step = first / (1 - 0.9**self._steps) / size
            decay = 0.0 if name == "last_bias" else DECAY
            self.weights[name] -= np.float32(rate) * (step + decay * self.weights[name])

    def _drawn(self, shape: tuple[int, ...], spread: float) -> Floats:
        return (self._rng.standard_normal(shape) * spread).astype(np.float32)
