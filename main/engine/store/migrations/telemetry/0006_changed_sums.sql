-- The sums of a link or of a device are made from its series when they are asked for.
CREATE INDEX series_by_scope ON series (scope, quantity);

-- Which sums have changed since they were read for the ledger: `hours` UTC hours from `hour` (hours since 1970) on. A
-- row that changes again in between gets another version.
CREATE TABLE changed_sums (
  scope TEXT NOT NULL,
  quantity TEXT NOT NULL,
  hour INTEGER NOT NULL,
  hours INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (scope, quantity, hour)
) STRICT, WITHOUT ROWID;

-- `chunks_ms`, `sums_ms`: up to when retention has deleted chunks and sums, so older ones are not complete any more.
-- `begun_ms`: when the file was begun. Samples from before came late, and may be a part of what an earlier file held.
-- There is one row.
CREATE TABLE swept (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  chunks_ms INTEGER NOT NULL,
  sums_ms INTEGER NOT NULL,
  begun_ms INTEGER NOT NULL
) STRICT;
INSERT INTO swept (id, chunks_ms, sums_ms, begun_ms) VALUES (1, 0, 0, 0);

-- All present sums go into the ledger once, in stretches of four days: the kept sums, and those of links.
INSERT INTO changed_sums SELECT scope, quantity, span * 96, 96, 1 FROM rollups;
INSERT INTO changed_sums
  WITH RECURSIVE
    known (first, last) AS (SELECT min(id) / 1048576 / 5760, max(end_ms) / 345600000 FROM chunks),
    spans (span, last) AS (
      SELECT first, last FROM known WHERE first IS NOT NULL
      UNION ALL
      SELECT span + 1, last FROM spans WHERE span < last
    )
  SELECT DISTINCT scope, quantity, span * 96, 96, 1 FROM series, spans WHERE scope LIKE 'link:%';
-- How much of the oldest chunks was deleted earlier is not known, so the first day may not be complete.
UPDATE swept SET chunks_ms = ifnull((SELECT min(id) / 1048576 * 60000 + 86400000 FROM chunks), 0);
