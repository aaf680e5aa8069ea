"""Train the classifiers of the guard and write `src/vedette/detectors/weights/`.

    python tools/train_guard.py --data DATA [--only-check]

Needs scipy beside what Vedette needs. Takes some ten minutes of CPU and is deterministic: the same
data, the same Python and the same numpy give the same weights. `--mixed` measures on fifths of all
sources together, of which none has a text that is nearly one of another.

Five linear heads share the features (`detectors/learned/features.py`): `injection` (any attack),
`jailbreak`, `hijack` (an order inside a document), `toxicity`, `harmful`. All but `hijack` also
learn what words do (`detectors/learned/senses.py`), together with the n-grams; the last two by a
lexicon of their own (`guard_training/harming.py`). Beside `injection` stands a network over the
meanings of words (`detectors/learned/meanings.py`, its vectors come from `tools/compile_words.py`).
For the first two the final score is a small logistic regression (`heads.json`) over what the head
says of the whole and of its windows, over the phrases that matched and over what the network says.
It is fitted on scores of texts whose source the head did not see (leave one source out), so that
its weights and its threshold are those of unseen data: a score of 0.5 is set where 1 % of the
harmless texts of unseen sources lie above.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from guard_training import fitting, judging, meaning, sensing, splits
from guard_training.harming import Harms
from guard_training.hosts import hosts, sentences
from guard_training.material import Material
from guard_training.phrases import Grammar, book
from guard_training.samples import (
    Row,
    insert,
    recorded,
)
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from vedette.detectors.learned.attack import ASKED_FROM, CALM, meta_features  # noqa: E402
from vedette.detectors.learned.features import extract  # noqa: E402
from vedette.detectors.learned.harms import HARMS  # noqa: E402
from vedette.detectors.learned.linear import LinearModel  # noqa: E402
from vedette.detectors.learned.meanings import MeaningModel  # noqa: E402
from vedette.detectors.learned.phrases import PhraseRules  # noqa: E402
from vedette.detectors.learned.reader import WITH_MEANINGS  # noqa: E402
from vedette.detectors.learned.senses import HEADS as WITH_SENSES  # noqa: E402
from vedette.detectors.learned.senses import SenseModel, added  # noqa: E402
from vedette.guard.folding import fold  # noqa: E402

WEIGHTS = ROOT / "src" / "vedette" / "detectors" / "weights"
HEADS = ("injection", "jailbreak", "hijack", "toxicity", "harmful")
FALSE_POSITIVES = 0.01
L2, STEPS = 0.2, 60
"""Of the heads of attacks; the others have the defaults of `fitting.fit`."""
_started = time.monotonic()


def say(text: str) -> None:
    print(f"[{time.monotonic() - _started:6.0f} s] {text}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--only-check", action="store_true", help="leave one source out, no more")
    parser.add_argument("--mixed", action="store_true", help="fifths of all sources, no more")
    parser.add_argument(
        "--refit",
        choices=("attacks", "hijack", "toxicity", "harmful"),
        help="this head alone, the others stay; attacks: injection and jailbreak",
    )
    parser.add_argument("--beside", action="store_true", help="also measure what others use")
    options = parser.parse_args()
    if options.refit not in (None, "attacks"):
        refit(options.data, options.refit)
        return
    ours = Material.read(options.data)
    say(f"{len(ours.rows)} texts, {ours.features.nnz} features")
    if options.mixed:
        held, meta = leave_out(ours, "injection", splits.by_likeness)
        final_head(held, meta, "injection")
        return
    heads: dict[str, object] = {}
    for name in WITH_SENSES:
        held, meta = leave_out(ours, name, splits.by_source)
        heads[name] = final_head(held, meta, name)
        if name == "injection" and options.beside:
            measure_beside(held)
    if options.refit == "attacks":
        refit_attacks(options.data, fit_attacks(ours), heads)
        return
    slopes = [] if options.only_check else [*fit_attacks(ours), hijack_head(options.data)]
    for name in HARMS:
        material = Harms.read(options.data, name)
        heads[name] = {"slope": [1.0], "bias": round(-material.check(), 5)}
        if not options.only_check:
            slopes.append(fit_harm(material))
    if options.only_check:
        return
    table, scales = fitting.quantised([slope for slope, _ in slopes])
    biases = np.array([bias for _, bias in slopes], np.float32)
    finish(options.data, (table, scales, biases), heads)
    say(f"wrote {WEIGHTS} ({(WEIGHTS / 'attack.npz').stat().st_size} bytes)")


def fit_attacks(ours: Material) -> list[tuple[fitting.Floats, float]]:
    """Slopes of the n-grams and biases; the weights of senses and meanings are written."""
    fit_network(ours)
    found, columns = [], []
    for name in WITH_SENSES:
        slope, bias = fit_head(ours.rows, ours.features, name)
        slope, column = ours.senses.apart(slope)
        found.append((slope, bias))
        columns.append(column)
    weights, scales = sensing.quantised(columns)
    np.savez_compressed(WEIGHTS / "senses.npz", weights=weights, scales=scales)
    return found


def fit_network(ours: Material) -> None:
    """Write the weights of the network over meanings; BIPIA stays out, as of the heads."""
    use = np.array([index for index, row in enumerate(ours.rows) if row.group != "bipia"])
    layers = ours.words.layers(meaning.fit(ours.words, ours.rows, ours.numbers, use))
    stored = {name: getattr(layers, name).astype(np.float16) for name in layers.__struct_fields__}
    np.savez_compressed(WEIGHTS / "meanings.npz", **stored)


def refit_attacks(
    folder: Path, slopes: list[tuple[fitting.Floats, float]], heads: dict[str, object]
) -> None:
    """Put the heads of attacks beside the others."""
    with np.load(WEIGHTS / "attack.npz", allow_pickle=False) as stored:
        table, scales, biases = stored["weights"], stored["scales"], stored["biases"]
    columns, sizes = fitting.quantised([slope for slope, _ in slopes])
    count = len(slopes)
    table[:, :count], scales[:count] = columns, sizes
    biases[:count] = [bias for _, bias in slopes]
    kept = json.loads((WEIGHTS / "heads.json").read_text())
    finish(folder, (table, scales, biases), {**kept, **heads})
    say("attacks: put in place")


def finish(
    folder: Path,
    parts: tuple[NDArray[np.int8], fitting.Floats, fitting.Floats],
    heads: dict[str, object],
) -> None:
    """The regressions that need the other heads, then the files."""
    heads["document"] = document_head(folder, LinearModel(HEADS, *parts), PhraseRules.read())
    save(parts, heads)


def save(
    parts: tuple[NDArray[np.int8], fitting.Floats, fitting.Floats], heads: dict[str, object]
) -> None:
    """The files of the n-grams and of the regressions."""
    table, scales, biases = parts
    np.savez_compressed(
        WEIGHTS / "attack.npz", heads=np.array(HEADS), weights=table, scales=scales, biases=biases
    )
    (WEIGHTS / "heads.json").write_text(json.dumps(heads, indent=1) + "\n")


def refit(folder: Path, name: str) -> None:
    """Train one head anew and put it beside the others."""
    with np.load(WEIGHTS / "attack.npz", allow_pickle=False) as stored:
        table, scales, biases = stored["weights"], stored["scales"], stored["biases"]
    heads = json.loads((WEIGHTS / "heads.json").read_text())
    if name == "hijack":
        slope, bias = hijack_head(folder)
    else:
        material = Harms.read(folder, name)
        heads[name] = {"slope": [1.0], "bias": round(-material.check(), 5)}
        slope, bias = fit_harm(material)
    at = HEADS.index(name)
    column, scale = fitting.quantised([slope])
    table[:, at], scales[at], biases[at] = column[:, 0], scale[0], bias
    if name == "hijack":
        finish(folder, (table, scales, biases), heads)
    else:
        save((table, scales, biases), heads)
    say(f"{name}: put in place")


def fit_harm(material: Harms) -> tuple[fitting.Floats, float]:
    """Slope of the n-grams and bias; the weights of the senses are put beside the other's."""
    everything = np.arange(len(material.rows))
    slope, sensed, bias = material.fit(everything)
    column = material.senses.column(sensed)
    path, at = WEIGHTS / "harms.npz", HARMS.index(material.name)
    weights, scales = np.zeros((len(column), len(HARMS)), np.int8), np.ones(len(HARMS), np.float32)
    if path.exists():
        with np.load(path, allow_pickle=False) as stored:
            if stored["weights"].shape == weights.shape:
                weights, scales = stored["weights"], stored["scales"]
    ours, scale = sensing.quantised([column])
    weights[:, at], scales[at] = ours[:, 0], scale[0]
    np.savez_compressed(path, weights=weights, scales=scales)
    say(f"{material.name}: trained on {len(everything)} texts")
    return slope, bias


def chosen(rows: list[Row], name: str) -> NDArray[np.bool_]:
    """Which rows teach a head: for `jailbreak` other attacks are neither here nor there."""
    if name == "injection":
        return np.ones(len(rows), np.bool_)
    return np.array([row.label == 0 or row.kind == "jailbreak" for row in rows])


def leave_out(
    ours: Material, name: str, split: Callable[[Sequence[Row]], list[str]]
) -> tuple[list[Row], NDArray[np.float64]]:
    """Recorded rows, and their meta features from a head that did not see what they leave with."""
    rows, features, rules = ours.rows, ours.features, PhraseRules.read()
    use = chosen(rows, name)
    labels = np.array([row.label for row in rows])
    known = [index for index, row in enumerate(rows) if row.group not in ("written", "llmdrift")]
    groups = np.full(len(rows), "", dtype=object)
    groups[known] = split([rows[index] for index in known])
    held: list[Row] = []
    meta: list[NDArray[np.float64]] = []
    for group in sorted(set(groups[known])):
        train = np.flatnonzero(use & (groups != group))
        test = np.flatnonzero(use & (groups == group))
        if not len(test):
            continue
        weights = fitting.balanced([rows[i] for i in train], labels[train])
        slope, bias = fitting.fit(features[train], labels[train], weights, l2=L2, steps=STEPS)
        slope, column = ours.senses.apart(slope)
        table, scales = fitting.quantised([slope, slope])
        model = LinearModel(WITH_SENSES, table, scales, np.array([bias, bias], np.float32))
        sensed = ours.senses.model([column, column])
        network = network_of(ours, train) if name in WITH_MEANINGS else None
        for index in test:
            held.append(rows[index])
            meta.append(meta_of(rows[index].text, model, sensed, rules, network))
        say(f"{name}: left out {group}")
    return held, np.array(meta)


def network_of(ours: Material, train: NDArray[np.int64]) -> MeaningModel:
    """The network over meanings that has seen these rows."""
    return ours.words.model(meaning.fit(ours.words, ours.rows, ours.numbers, train))


def measure_beside(rows: list[Row]) -> None:
    """What others use, on the same texts; stackone-defender where it is installed."""
    from vedette.app.beside import plain_list, stackone

    scores = np.array([plain_list(row.text, "input") for row in rows])
    judging.report(rows, scores, "plain list of patterns", cut=0.49)
    if (classify := stackone()) is not None:
        scores = np.array([classify(row.text, "input") for row in rows])
        judging.report(rows, scores, "stackone-defender", cut=0.5)
    say("measured what others use")


def meta_of(
    text: str,
    model: LinearModel,
    senses: SenseModel,
    rules: PhraseRules,
    network: MeaningModel | None,
) -> NDArray[np.float64]:
    folded = fold(text).text
    features = extract(folded)
    scores = added(model.score(features), senses.score(folded, features))
    found = meta_features(scores, 0, rules.hits(folded), features.length)
    return found if network is None else np.append(found, network.score(folded))


def final_head(rows: list[Row], meta: NDArray[np.float64], name: str) -> dict[str, object]:
    """The logistic regression over the meta features, its 0.5 where it should be."""
    labels = np.array([row.label for row in rows])
    judging.report(rows, meta[:, 0], f"{name}, head alone, sources left out")
    slope, bias = fitting.small_fit(meta, labels, judging.even(rows).astype(np.float32), l2=2.0)
    scores = meta @ slope + bias
    weights = judging.even(rows)
    harmless = labels == 0
    cut = judging.cut_at(scores[harmless], weights[harmless], FALSE_POSITIVES)
    if name in WITH_MEANINGS:
        # The network is not asked of what lies low without it.
        without = scores - cut - slope[-1] * meta[:, -1]
        asked = without >= ASKED_FROM
        scores = np.where(asked, scores, cut + without + slope[-1] * CALM)
        print(f"    meanings asked of {asked[harmless].mean():.2f} of the harmless", flush=True)
    judging.report(rows, scores - cut, f"{name}, with windows and phrases", cut=0.0)
    print(f"    95 %: {judging.intervals(rows, scores)}", flush=True)
    return {"slope": [round(float(one), 5) for one in slope], "bias": round(bias - cut, 5)}


def fit_head(
    rows: list[Row], features: sparse.csr_matrix, name: str
) -> tuple[fitting.Floats, float]:
    """BIPIA stays out: its tables and code are under a share-alike licence, and it is the test."""
    held_out = np.array([row.group == "bipia" for row in rows])
    use = np.flatnonzero(chosen(rows, name) & ~held_out)
    labels = np.array([row.label for row in rows])[use]
    weights = fitting.balanced([rows[i] for i in use], labels)
    found = fitting.fit(features[use], labels, weights, l2=L2, steps=STEPS)
    say(f"{name}: trained on everything")
    return found


def hijack_head(folder: Path) -> tuple[fitting.Floats, float]:
    """Orders against the sentences of documents."""
    grammar = Grammar(book("attacks").rules, 22)
    rows: list[Row] = []
    for rule, count in (("reply_twist", 1_500), ("action", 1_000), ("wrapped", 900)):
        rows += [Row(text, 1, "hijack", rule, rule) for text in grammar.of_rule(rule, count)]
    rows += [
        Row(sentences(row.text)[0], 1, "hijack", "orders", "orders")
        for row in recorded(folder, "benign")
        if row.category == "seed_task_instruction" and sentences(row.text)
    ]
    for text, group in hosts(folder)[::2]:
        parts = sentences(text)
        for part in parts[:: max(1, len(parts) // 12)][:12]:
            rows.append(Row(part, 0, "host", group, group))
    labels = np.array([row.label for row in rows])
    weights = fitting.balanced(rows, labels)
    found = fitting.fit(fitting.matrix([row.text for row in rows]), labels, weights)
    say(f"hijack: trained on {len(rows)} sentences")
    return found


def document_head(folder: Path, model: LinearModel, rules: PhraseRules) -> dict[str, object]:
    """Documents with an order in them against the same without.

    The documents are those that the hijack head did not see; the threshold is set on them and on
    the tables and code of BIPIA, whose orders nothing was trained on.
    """
    grammar = Grammar(book("attacks").rules, 23)
    orders = [*grammar.of_rule("wrapped", 700), *grammar.of_rule("reply_twist", 700),
              *grammar.of_rule("action", 400)]  # fmt: skip
    rows: list[Row] = []
    for index, (text, group) in enumerate(hosts(folder)[1::2]):
        order = orders[index % len(orders)]
        held = insert(text, order[0].upper() + order[1:], index)
        rows.append(Row(text, 0, "host", group, group))
        rows.append(Row(held, 1, "hijack", group, group))
    meta = np.array([document_meta(row.text, model, rules) for row in rows])
    labels = np.array([row.label for row in rows])
    slope, bias = fitting.small_fit(
        meta, labels, fitting.balanced(rows, labels, cap=500), l2=2.0
    )  # fmt: skip
    unseen = [row for row in recorded(folder, "injection", "benign") if row.group == "bipia"]
    others = np.array([document_meta(row.text, model, rules) for row in unseen])
    every, scores = [*rows, *unseen], np.concatenate([meta, others]) @ slope + bias
    harmless = np.array([row.label == 0 for row in every])
    cut = judging.cut_at(scores[harmless], judging.even(every)[harmless], FALSE_POSITIVES)
    judging.report(rows, meta @ slope + bias - cut, "document, orders written for it", cut=0.0)
    judging.report(unseen, others @ slope + bias - cut, "document, orders of BIPIA", cut=0.0)
    return {"slope": [round(float(one), 5) for one in slope], "bias": round(bias - cut, 5)}


def document_meta(text: str, model: LinearModel, rules: PhraseRules) -> NDArray[np.float64]:
    from vedette.detectors.learned.attack import document_features

    return document_features(fold(text).text, model, rules)


if __name__ == "__main__":
    main()
