-- What each call used and cost. Rows are written in the transaction of their span and stay when it
-- is deleted.

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  at_ns INTEGER NOT NULL,          -- start and end of the call
  end_ns INTEGER NOT NULL,
  trace_id BLOB NOT NULL,
  span_id BLOB NOT NULL,
  project TEXT NOT NULL,
  organization TEXT NOT NULL,
  key TEXT NOT NULL,
  user TEXT NOT NULL,
  session TEXT NOT NULL,
  route TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  tags TEXT NOT NULL,              -- JSON array; empty where there are none
  error INTEGER NOT NULL,
  input_uncached INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  cache_write_1h INTEGER NOT NULL,
  audio_input INTEGER NOT NULL,
  image_input INTEGER NOT NULL,
  output_text INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  audio_output INTEGER NOT NULL,
  image_output INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  cost INTEGER,                    -- nano-USD; null where no price is known
  price TEXT NOT NULL,             -- version of the price
  saved INTEGER NOT NULL           -- nano-USD that the cache saved
);
CREATE INDEX ledger_by_time ON ledger (project, at_ns);
CREATE INDEX ledger_by_key ON ledger (key, at_ns) WHERE key <> '';

CREATE TRIGGER ledger_keeps_rows BEFORE DELETE ON ledger BEGIN
  SELECT RAISE(ABORT, 'rows of the ledger are never deleted');
END;
CREATE TRIGGER ledger_changes_nothing BEFORE UPDATE ON ledger BEGIN
  SELECT RAISE(ABORT, 'rows of the ledger are never changed');
END;

-- Files whose rows were taken over here because their spans are deleted, up to which id.
CREATE TABLE carried (
  name TEXT PRIMARY KEY,
  up_to INTEGER NOT NULL
);
