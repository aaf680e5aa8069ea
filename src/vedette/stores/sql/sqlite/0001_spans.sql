-- One database file holds the spans of one month with everything derived from them.
-- `doc` is a place in time: (start_ns >> 26) << 27 | span id. See stores/spans/sqlite/docs.py.

CREATE TABLE stat (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next_id INTEGER NOT NULL,        -- ids are never used twice, not even after a deletion
  spans INTEGER NOT NULL,
  min_start_ns INTEGER,            -- of spans; null while there is none
  max_start_ns INTEGER,
  max_trace_ns INTEGER NOT NULL,   -- longest way from the start of a trace to the start of a span
  text_id INTEGER NOT NULL         -- the text index holds the spans up to this id
);
INSERT INTO stat VALUES (1, 1, 0, NULL, NULL, 0, 0);

CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  project TEXT NOT NULL,
  facet INTEGER NOT NULL,
  value TEXT NOT NULL,
  n INTEGER NOT NULL               -- spans that carry it, to choose the rarest condition first
);
CREATE UNIQUE INDEX term_by_value ON term (project, facet, value);

CREATE TABLE facet (
  key INTEGER NOT NULL,            -- term.id
  doc INTEGER NOT NULL,
  PRIMARY KEY (key, doc)
) WITHOUT ROWID;

CREATE TABLE trace (
  id INTEGER PRIMARY KEY,
  project INTEGER NOT NULL,        -- term.id of the project itself
  trace_id BLOB NOT NULL,
  start_ns INTEGER NOT NULL,
  duration_ns INTEGER NOT NULL,
  cost INTEGER,                    -- nano-USD; null where nothing was priced
  status INTEGER NOT NULL,         -- 0 unset, 1 ok, 2 error
  roll BLOB NOT NULL               -- msgpack of rollup.TraceRoll
);
CREATE UNIQUE INDEX trace_by_id ON trace (trace_id, project);
CREATE INDEX trace_by_start ON trace (project, start_ns, duration_ns, cost, status);

CREATE TABLE span (
  id INTEGER PRIMARY KEY,          -- grows with arrival
  trace INTEGER NOT NULL,
  span_id BLOB NOT NULL,
  start_ns INTEGER NOT NULL,
  head BLOB NOT NULL               -- msgpack of codec.Head
);
CREATE UNIQUE INDEX span_by_trace ON span (trace, span_id);

CREATE TABLE payload (
  id INTEGER PRIMARY KEY,          -- span.id
  body BLOB NOT NULL               -- zstd of the msgpack of model.span.Payload
);

CREATE TABLE dictionary (
  id INTEGER PRIMARY KEY,          -- as zstd frames name it
  body BLOB NOT NULL               -- empty: tried, not worth it
);

CREATE TABLE zone (
  block INTEGER PRIMARY KEY,       -- span.id >> 9; see stores/spans/sqlite/intime.py
  min_start_ns INTEGER NOT NULL,
  max_start_ns INTEGER NOT NULL
);

CREATE TABLE roll (
  project TEXT NOT NULL,
  width_s INTEGER NOT NULL,        -- 60 or 3600; negative: all models and providers together
  start_s INTEGER NOT NULL,        -- Unix time, a multiple of width_s
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  requests INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  priced INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  latency BLOB NOT NULL,           -- histogram.pack
  ttft BLOB NOT NULL,
  PRIMARY KEY (project, width_s, start_s, model, provider)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE fts USING fts5 (
  body, content = '', columnsize = 0, detail = full, tokenize = 'ascii'
);
INSERT INTO fts (fts, rank) VALUES ('hashsize', 8388608); -- one segment a step: 40 % less work
