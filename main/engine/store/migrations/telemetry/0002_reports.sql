-- Reports by citizens and notices by other authorities, as normalised values.
CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_at ON reports (at);
