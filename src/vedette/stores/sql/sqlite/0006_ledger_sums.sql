-- The rows of the ledger added up by the hour and by the day, up to `ledger_summed.up_to`. Background
-- work adds the rows beyond. See stores/spans/sqlite/sums.py.

CREATE TABLE ledger_sum (
  grain INTEGER NOT NULL,          -- what is told apart: 0 key, route, provider and model; 1 user; 2 tag
  width_s INTEGER NOT NULL,        -- 3600 or 86400
  project TEXT NOT NULL,
  start_s INTEGER NOT NULL,        -- Unix time, a multiple of width_s
  organization TEXT NOT NULL,
  key TEXT NOT NULL,
  route TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  user TEXT NOT NULL,
  tag TEXT NOT NULL,               -- a row of the ledger with several tags counts for each of them
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
  cost INTEGER NOT NULL,
  saved INTEGER NOT NULL,
  PRIMARY KEY (
    grain, width_s, project, start_s, organization, key, route, provider, model, user, tag
  )
) WITHOUT ROWID;

CREATE TABLE ledger_summed (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  up_to INTEGER NOT NULL           -- ledger.id
);
INSERT INTO ledger_summed VALUES (1, 0);

CREATE INDEX ledger_by_user ON ledger (user, at_ns) WHERE user <> '';
CREATE INDEX ledger_by_session ON ledger (session, at_ns) WHERE session <> '';
