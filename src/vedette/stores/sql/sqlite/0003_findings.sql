-- What rules of the guard fired on, and what guarding cost, by hour. Rows are written in the
-- transaction of their span; findings go with it, hours when the spans before their end have gone.

CREATE TABLE finding (
  trace_id BLOB NOT NULL,
  span_id BLOB NOT NULL,
  n INTEGER NOT NULL,              -- which one of its span
  at_ns INTEGER NOT NULL,          -- start of the call
  project TEXT NOT NULL,
  detector TEXT NOT NULL,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  place TEXT NOT NULL,             -- where the text stands: input, output, ...
  side TEXT NOT NULL,              -- request or answer
  text INTEGER NOT NULL,           -- which text of it; below 0: of a stream, or not kept
  start INTEGER NOT NULL,          -- characters of the text as it is recorded
  stop INTEGER NOT NULL,
  policy TEXT NOT NULL,
  version INTEGER NOT NULL,
  rule TEXT NOT NULL,
  action TEXT NOT NULL,
  mode TEXT NOT NULL,
  view TEXT NOT NULL,
  model TEXT NOT NULL,
  route TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (trace_id, span_id, n)
) WITHOUT ROWID;
CREATE INDEX finding_by_time ON finding (project, at_ns);

CREATE TABLE guarded (
  project TEXT NOT NULL,
  hour_s INTEGER NOT NULL,
  policy TEXT NOT NULL,            -- all that held for the call, joined by +
  action TEXT NOT NULL,
  calls INTEGER NOT NULL,
  bypassed INTEGER NOT NULL,       -- calls that something was not looked at in
  latency_us INTEGER NOT NULL,
  cost INTEGER NOT NULL,           -- nano-USD
  slots TEXT NOT NULL,             -- JSON: calls by the slot of their latency
  PRIMARY KEY (project, hour_s, policy, action)
) WITHOUT ROWID;
