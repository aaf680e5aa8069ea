-- The rows of the ledger by user and by session, and their sums by session and hour, up to
-- `ledger_found_up_to.id`. Background work adds the rows beyond, many at a time: an index that every
-- call touches somewhere else costs the writer as much as all else it writes for the call.
-- See stores/spans/sqlite/found.py.

CREATE TABLE ledger_found (
  what INTEGER NOT NULL,           -- 0 user, 1 session
  value TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  id INTEGER NOT NULL,             -- ledger.id
  PRIMARY KEY (what, value, at_ns, id)
) WITHOUT ROWID;

CREATE TABLE session_sum (
  project TEXT NOT NULL,
  start_s INTEGER NOT NULL,        -- Unix time of a full hour
  session TEXT NOT NULL,           -- empty: the calls of no session
  organization TEXT NOT NULL,
  cost INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  cached INTEGER NOT NULL,
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
  cache_read_audio INTEGER NOT NULL,
  cache_read_image INTEGER NOT NULL,
  web_searches INTEGER NOT NULL,
  file_searches INTEGER NOT NULL,
  saved INTEGER NOT NULL,
  PRIMARY KEY (project, start_s, session, organization)
) WITHOUT ROWID;

CREATE TABLE ledger_found_up_to (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id INTEGER NOT NULL              -- ledger.id
);
INSERT INTO ledger_found_up_to VALUES (1, 0);

DROP INDEX ledger_by_user;
DROP INDEX ledger_by_session;
