-- The traces of a session or a user, by time: of those that a span of the trace names.

CREATE TABLE holder (
  key INTEGER NOT NULL,            -- term.id
  at_ns INTEGER NOT NULL,          -- trace.start_ns
  trace INTEGER NOT NULL,
  PRIMARY KEY (key, at_ns, trace)
) WITHOUT ROWID;

ALTER TABLE trace ADD COLUMN holders TEXT NOT NULL DEFAULT '[]'; -- its keys in `holder`, as JSON

CREATE TABLE filling AS
  SELECT DISTINCT span.trace AS trace, facet.key AS key
  FROM term CROSS JOIN facet ON facet.key = term.id CROSS JOIN span ON span.id = facet.doc & 134217727
  WHERE term.facet IN (3, 4);
CREATE INDEX filling_by_trace ON filling (trace, key);
INSERT INTO holder
  SELECT key, start_ns, trace.id FROM filling CROSS JOIN trace ON trace.id = filling.trace;
UPDATE trace
  SET holders = (SELECT json_group_array(key) FROM filling WHERE filling.trace = trace.id)
  WHERE id IN (SELECT trace FROM filling);
DROP TABLE filling;

CREATE TRIGGER trace_leaves_holders AFTER DELETE ON trace BEGIN
  DELETE FROM holder WHERE trace = OLD.id AND at_ns = OLD.start_ns
    AND key IN (SELECT value FROM json_each(OLD.holders));
END;
