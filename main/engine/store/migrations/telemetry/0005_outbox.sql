-- Who reads the journal as an outbox. Entries up to `passed` are behind it; entries up to `offered` were handed out and
-- are flushed to the disk. `has_lost` is 1 from when it lagged too far until it goes on: nothing is kept for it then.
CREATE TABLE consumers (
  name TEXT PRIMARY KEY,
  passed INTEGER NOT NULL,
  offered INTEGER NOT NULL,
  has_lost INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Journal entries up to `sealed` are in the chunks and stay for consumers alone; they take so many bytes. One row.
CREATE TABLE kept_entries (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sealed INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO kept_entries (id, sealed, bytes) VALUES (1, 0, 0);
