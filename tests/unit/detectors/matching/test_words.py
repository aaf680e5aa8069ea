"""What a text is about, by its words."""

from vedette.detectors.matching.words import sentences, words


def test_common_words_and_endings_do_not_count() -> None:
    assert list(words("What are the libraries of 1,200 villages?")) == ["librar", "1200", "villag"]
    assert list(words("Warum ist der Himmel blau?")) == ["himmel", "blau"]
    assert list(words("")) == []


def test_sentences_end_where_they_end() -> None:
    text = "Pi is 3.14, e.g.this. Really?\nYes! And 本当。"
    assert [text[a:b].strip() for a, b in sentences(text)] == [
        "Pi is 3.14, e.g.this.", "Really?", "Yes!", "And 本当。",
    ]  # fmt: skip


def test_long_texts_of_one_sign_are_no_trouble() -> None:
    for text in ("." * 50_000, "a" * 50_000, "a.b" * 20_000, "1," * 30_000):
        list(sentences(text))
        list(words(text))
