-- Eight segments of the text index of a size become one, not four: a tenth less work for a span.
INSERT INTO fts (fts, rank) VALUES ('automerge', 8);
