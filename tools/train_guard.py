"""Train the classifiers of the guard and write `src/vedette/detectors/weights/`.

    python tools/train_guard.py --data DATA [--only-check] [--refit attacks|hijack|harms]

Needs scipy beside what Vedette needs. Takes some ten minutes of CPU and is deterministic: the same
data, the same Python and the same numpy give the same weights. `--mixed` measures on fifths of all
sources together, of which none has a text that is nearly one of another.

Five linear heads share the features (`detectors/learned/features.py`): `injection` (any attack),
`jailbreak`, `hijack` (an order inside a document), `toxicity`, `harmful`. All but `hijack` also
learn what words do (`detectors/learned/senses.py`), together with the n-grams; the last two by a
lexicon of their own (`guard_training/harming.py`). Beside them stand two networks over the meanings
of words (`detectors/learned/meanings.py`, their vectors come from `tools/compile_words.py`): one of
the first two heads, one of the last two. The final score is a small logistic regression
(`heads.json`) over what the head says, over what the network says, and for attacks over windows and
the phrases that matched. It is fitted on scores of texts whose source (of templates: whose family)
neither the head nor the network saw, so that its weights and its threshold are those of unseen
data: a score of 0.5 is set where 1 % of the harmless texts of unseen sources lie above. Long texts
have regressions of their own, over a second look at the sentences of their worst window
(`detectors/learned/second_look.py`).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from guard_training import fitting, judging, longs, sensing, splits
from guard_training.attacking import Held, Judge, LongHeld, fit_head
from guard_training.harming import Harms
from guard_training.hosts import hosts, sentences
from guard_training.longs import LongMeta, from_interpreter
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

from vedette.detectors.learned.attack import ASKED_FROM, Head, long_name  # noqa: E402
from vedette.detectors.learned.harms import HARMS  # noqa: E402
from vedette.detectors.learned.linear import LinearModel  # noqa: E402
from vedette.detectors.learned.meanings import MeaningModel  # noqa: E402
from vedette.detectors.learned.phrases import PhraseRules  # noqa: E402
from vedette.detectors.learned.senses import HEADS as WITH_SENSES  # noqa: E402
from vedette.guard.folding import fold  # noqa: E402

WEIGHTS = ROOT / "src" / "vedette" / "detectors" / "weights"
Floats64 = NDArray[np.float64]
HEADS = ("injection", "jailbreak", "hijack", "toxicity", "harmful")
FALSE_POSITIVES = 0.01
LONG_FALSE_POSITIVES = 0.03
"""Of long texts: those that are made here are harder than long texts are."""
DOCUMENT_FALSE_POSITIVES = 0.005
"""Of documents, where texts that nothing is known of are flagged some times as often."""
_MISTAKEN = "neuralchemy"
"""Its long harmless texts bear the heads of jailbreaks: they say nothing of long texts."""
_started = time.monotonic()


def say(text: str) -> None:
    print(f"[{time.monotonic() - _started:6.0f} s] {text}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--only-check", action="store_true", help="what was left out, no more")
    parser.add_argument("--mixed", action="store_true", help="fifths of all sources, no more")
    parser.add_argument(
        "--refit", choices=sorted(PARTS), help="these heads alone, the others stay"
    )  # fmt: skip
    parser.add_argument("--beside", action="store_true", help="also measure what others use")
    options = parser.parse_args()
    if options.mixed:
        held, _ = leave_out(Material.read(options.data), splits.by_likeness)
        final_head(*held["injection"], "injection")
        return
    heads: dict[str, object] = {}
    slopes: dict[str, tuple[fitting.Floats, float]] = {}
    for part in [options.refit] if options.refit else PARTS:
        PARTS[part](options, heads, slopes)
    if not options.only_check:
        finish(options.data, slopes, heads)
        say(f"wrote {WEIGHTS} ({(WEIGHTS / 'attack.npz').stat().st_size} bytes)")


Slopes = dict[str, tuple[fitting.Floats, float]]


def train_attacks(options: argparse.Namespace, heads: dict[str, object], slopes: Slopes) -> None:
    """Injection and jailbreak."""
    ours = Material.read(options.data)
    say(f"{len(ours.rows)} texts, {ours.features.nnz} features")
    held, long = leave_out(ours, splits.by_source)
    for name in WITH_SENSES:
        head = final_head(*held[name], name)
        heads |= {name: told(head), long_name(name): told(long_head(*long[name], name, head))}
    if options.beside:
        measure_beside(held["injection"][0])
    if not options.only_check:
        slopes |= zip(WITH_SENSES, fit_attacks(ours), strict=True)


def train_hijack(options: argparse.Namespace, heads: dict[str, object], slopes: Slopes) -> None:
    """Orders in documents; its regression is fitted in the end."""
    if not options.only_check:
        slopes["hijack"] = hijack_head(options.data)


def train_harms(options: argparse.Namespace, heads: dict[str, object], slopes: Slopes) -> None:
    """Abuse and requests for harm."""
    harms = Harms.read(options.data)
    say(f"{len(harms.rows)} texts of abuse, of harm, and harmless ones")
    heads |= harms.check()
    if not options.only_check:
        slopes |= zip(HARMS, fit_harms(harms), strict=True)


PARTS = {"attacks": train_attacks, "hijack": train_hijack, "harms": train_harms}


def fit_attacks(ours: Material) -> list[tuple[fitting.Floats, float]]:
    """Slopes of the n-grams and biases; the weights of senses and meanings are written.

    BIPIA stays out: its tables and code are under a share-alike licence, and it is the test.
    """
    use = np.array([index for index, row in enumerate(ours.rows) if row.group != "bipia"])
    write_layers("meanings", ours.network(use))
    found, columns = [], []
    for name in WITH_SENSES:
        slope, bias = fit_head(ours, name, use)
        slope, column = ours.senses.apart(slope)
        found.append((slope, bias))
        columns.append(column)
        say(f"{name}: trained on {len(use)} texts")
    weights, scales = sensing.quantised(columns)
    np.savez_compressed(WEIGHTS / "senses.npz", weights=weights, scales=scales)
    return found


def write_layers(name: str, network: MeaningModel) -> None:
    """The file of a network over meanings."""
    layers = network.layers
    stored = {one: getattr(layers, one).astype(np.float16) for one in layers.__struct_fields__}
    np.savez_compressed(WEIGHTS / f"{name}.npz", **stored)


def fit_harms(harms: Harms) -> list[tuple[fitting.Floats, float]]:
    """The same for the heads of abuse and harm."""
    use = np.arange(len(harms.rows))
    write_layers("harm_meanings", harms.network(use))
    found, columns = [], []
    for name in HARMS:
        slope, sensed, bias = harms.fit(name, use)
        found.append((slope, bias))
        columns.append(harms.senses.column(sensed))
        say(f"{name}: trained")
    weights, scales = sensing.quantised(columns)
    np.savez_compressed(WEIGHTS / "harms.npz", weights=weights, scales=scales)
    return found


def finish(folder: Path, slopes: Slopes, heads: dict[str, object]) -> None:
    """Put what was trained beside what was not, then the regression that needs other heads."""
    with np.load(WEIGHTS / "attack.npz", allow_pickle=False) as stored:
        table, scales, biases = stored["weights"], stored["scales"], stored["biases"]
    for name, (slope, bias) in slopes.items():
        at = HEADS.index(name)
        column, scale = fitting.quantised([slope])
        table[:, at], scales[at], biases[at] = column[:, 0], scale[0], bias
    heads = {**json.loads((WEIGHTS / "heads.json").read_text()), **heads}
    model = LinearModel(HEADS, table, scales, biases)
    heads["document"] = told(document_head(folder, model, PhraseRules.read()))
    np.savez_compressed(
        WEIGHTS / "attack.npz", heads=np.array(HEADS), weights=table, scales=scales, biases=biases
    )
    (WEIGHTS / "heads.json").write_text(json.dumps(heads, indent=1) + "\n")


def leave_out(ours: Material, split: Callable[[Sequence[Row]], list[str]]) -> tuple[Held, LongHeld]:
    """What heads say of texts whose group, which `split` gives, they have not seen; of short ones
    and of long ones."""
    rows, rules = ours.rows, PhraseRules.read()
    known = [
        index
        for index, row in enumerate(rows)
        if row.group not in ("written", "llmdrift") and ours.origins[index] == index
    ]
    groups = np.full(len(rows), "", dtype=object)
    groups[known] = split([rows[index] for index in known])
    groups = groups[ours.origins]
    held: Held = {name: ([], []) for name in WITH_SENSES}
    long: LongHeld = {name: ([], []) for name in WITH_SENSES}
    hosts = from_interpreter()
    each = sorted(set(groups[known]))
    for number, group in enumerate(each):
        train = np.flatnonzero(groups != group)
        judge = Judge.fit(ours, train, rules)
        mine = [rows[index] for index in known if groups[index] == group]
        for row in mine:
            judge.tell(row, held)
        for row in longs.of_source(hosts[number :: len(each)], mine, number):
            judge.tell_long(row, long)
        say(f"left out {group}")
    return held, long


def measure_beside(rows: list[Row]) -> None:
    """What others use, on the same texts; stackone-defender where it is installed."""
    from vedette.app.beside import plain_list, stackone
    from vedette.ports.detector import Evidence

    scores = np.array([plain_list(row.text, "input", Evidence()) for row in rows])
    judging.report(rows, scores, "plain list of patterns", cut=0.49)
    if (classify := stackone()) is not None:
        scores = np.array([classify(row.text, "input", Evidence()) for row in rows])
        judging.report(rows, scores, "stackone-defender", cut=0.5)
    say("measured what others use")


def final_head(rows: list[Row], found: list[Floats64], name: str) -> Head:
    """The regression of a head; also told: what one says that saw no such source either."""
    meta = np.array(found)
    judging.report(rows, meta[:, 0], f"{name}, n-grams and senses, sources left out")
    judging.report(rows, meta[:, -1], f"{name}, the network over meanings, sources left out")
    head = regression(rows, meta, name, FALSE_POSITIVES)
    scores = doubly_left_out(rows, meta)
    judging.report(rows, scores, f"{name}, all together, by a regression that saw no such source")
    print(f"    95 %: {judging.intervals(rows, scores)}", flush=True)
    return head


def long_head(rows: list[Row], found: list[LongMeta], name: str, head: Head) -> Head:
    """The regression of a head for long texts; `head` judges their sentences."""
    use = [at for at, row in enumerate(rows) if row.label or row.group != _MISTAKEN]
    meta = np.array([one.features(head) for one in found])
    return regression([rows[at] for at in use], meta[use], long_name(name), LONG_FALSE_POSITIVES)


def regression(rows: list[Row], meta: Floats64, name: str, share: float) -> Head:
    """The logistic regression over the meta features, its 0.5 where it should be: such a share of
    the harmless rows lies above."""
    labels = np.array([row.label for row in rows])
    weights = judging.even(rows)
    slope, bias = fitting.small_fit(meta, labels, weights.astype(np.float32), l2=2.0)
    harmless = labels == 0
    scores = meta @ slope + bias
    cut = judging.cut_at(scores[harmless], weights[harmless], share)
    scores = judging.with_calm(scores - cut, slope[-1], meta[:, -1], ASKED_FROM[name])
    judging.report(rows, scores, f"{name}, all together", cut=0.0)
    print(f"    95 %: {judging.intervals(rows, scores)}", flush=True)
    return fitting.as_head(slope, bias - cut)


def doubly_left_out(rows: list[Row], meta: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a regression says of each source that was fitted on the others only."""
    labels, weights = np.array([row.label for row in rows]), judging.even(rows).astype(np.float32)
    groups = np.array([row.group for row in rows])
    scores = np.zeros(len(rows))
    for group in sorted(set(groups)):
        train, test = groups != group, groups == group
        slope, bias = fitting.small_fit(meta[train], labels[train], weights[train], l2=2.0)
        scores[test] = meta[test] @ slope + bias
    return scores


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


def document_head(folder: Path, model: LinearModel, rules: PhraseRules) -> Head:
    """Documents with an order in them against the same without.

    The documents are those that the hijack head did not see; the threshold is set on them and on
    the tables and code of BIPIA, whose orders nothing was trained on.
    """
    grammar = Grammar(book("attacks").rules, 23)
    orders = [*grammar.of_rule("wrapped", 700), *grammar.of_rule("reply_twist", 700),
              *grammar.of_rule("action", 400)]  # fmt: skip
    rows: list[Row] = []
    documents = [*hosts(folder)[1::2], *((row.text, row.category) for row in from_interpreter())]
    for index, (text, group) in enumerate(documents):
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
    cut = judging.cut_at(scores[harmless], judging.even(every)[harmless], DOCUMENT_FALSE_POSITIVES)
    judging.report(rows, meta @ slope + bias - cut, "document, orders written for it", cut=0.0)
    judging.report(unseen, others @ slope + bias - cut, "document, orders of BIPIA", cut=0.0)
    return fitting.as_head(slope, bias - cut)


def told(head: Head) -> dict[str, object]:
    """As it stands in `heads.json`."""
    return {"slope": [*head.slope], "bias": head.bias}


def document_meta(text: str, model: LinearModel, rules: PhraseRules) -> NDArray[np.float64]:
    from vedette.detectors.learned.attack import document_features

    return document_features(fold(text).text, model, rules)


if __name__ == "__main__":
    main()
