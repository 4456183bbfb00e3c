-- What the palette finds. Lives in memory: all of it follows from the county's files and from the record.
CREATE TABLE things (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  at_ms REAL NOT NULL,
  hit TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE words USING fts5(
  grp, title, rest,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3'
);
