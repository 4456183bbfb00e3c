CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  -- Canonical JSON: exactly the text that went into the hash.
  event TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- Triggers in the file itself keep the table append-only, so it does not depend on the program alone.
CREATE TRIGGER entries_stay_as_they_are BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
