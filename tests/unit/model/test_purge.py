"""What a purge names."""

from vedette.model.purge import Purge, labels_of


def test_what_is_not_set_is_no_label() -> None:
    assert Purge(at_ns=1).labels == ()
    full = Purge(at_ns=1, project_id="p", model="m", tag="t", name="n")
    assert set(full.labels) == {"project:p", "model:m", "tag:t", "name:n"}


def test_an_answer_has_the_labels_of_every_purge_that_means_it() -> None:
    labels = set(labels_of("p", "m", ("t", "u"), "n"))
    for purge in (Purge(at_ns=1, tag="u"), Purge(at_ns=1, project_id="p", model="m")):
        assert labels >= set(purge.labels)
    assert not labels >= set(Purge(at_ns=1, project_id="p", tag="v").labels)
