from vedette.metrics import Counter, Family, Histogram, Sample, Totals, render

CALLS = Family("calls", "Calls made.", "counter", ("model",))
DEPTH = Family("depth", "Waiting.", "gauge")
TIMES = Family("times_seconds", "How long.", "histogram", ("model",), (0.1, 1.0))


def test_a_counter_sums_by_label() -> None:
    counter = Counter(CALLS)
    counter.add(("a",))
    counter.add(("a",), 2)
    counter.add(("b",))
    assert {s.labels: s.value for s in counter.samples()} == {("a",): 3, ("b",): 1}


def test_a_histogram_puts_a_value_into_its_bucket() -> None:
    histogram = Histogram(TIMES)
    for value in (0.1, 0.5, 5.0):
        histogram.observe(("a",), value)
    (row,) = histogram.samples()
    assert row.counts == [1, 1, 1]
    assert row.value == 5.6


def test_label_values_do_not_grow_without_bound() -> None:
    counter, histogram = Counter(CALLS, limit=2), Histogram(TIMES, limit=2)
    for name in "abcd":
        counter.add((name,))
        histogram.observe((name,), 1.0)
    assert {s.labels[0]: s.value for s in counter.samples()} == {"a": 1, "b": 1, "other": 2}
    assert {s.labels[0]: sum(s.counts) for s in histogram.samples()} == {"a": 1, "b": 1, "other": 2}


def test_totals_add_processes_up_and_keep_the_dead() -> None:
    totals = Totals([CALLS, DEPTH, TIMES])
    totals.update("w0", [Sample("calls", ("a",), 2), Sample("depth", (), 7)])
    totals.update(
        "w1", [Sample("calls", ("a",), 3), Sample("times_seconds", ("a",), 1.0, [1, 0, 0])]
    )
    assert totals.samples()["calls", ("a",)].value == 5
    totals.update("w0", [Sample("calls", ("a",), 4), Sample("depth", (), 1)])
    assert totals.samples()["calls", ("a",)].value == 7
    assert len(totals.live()) == 2
    totals.retire("w0")
    assert [[sample.family for sample in one] for one in totals.live()] == [
        ["calls", "times_seconds"]
    ]
    found = totals.samples()
    assert found["calls", ("a",)].value == 7
    assert ("depth", ()) not in found
    totals.update("w2", [Sample("times_seconds", ("a",), 2.0, [0, 1, 1])])
    assert totals.samples()["times_seconds", ("a",)].counts == [1, 1, 1]


def test_the_exposition_is_prometheus_text() -> None:
    samples = [
        Sample("calls", ('we"ird\n',), 2),
        Sample("depth", (), 3),
        Sample("times_seconds", ("a",), 5.6, [1, 1, 1]),
    ]
    lines = render([CALLS, DEPTH, TIMES], samples).decode().splitlines()
    assert 'calls_total{model="we\\"ird\\n"} 2.0' in lines
    assert "depth 3.0" in lines
    assert 'times_seconds_bucket{le="0.1",model="a"} 1.0' in lines
    assert 'times_seconds_bucket{le="+Inf",model="a"} 3.0' in lines
    assert 'times_seconds_sum{model="a"} 5.6' in lines
