-- The sequences of all workstations, in the order in which they came here.
CREATE TABLE log (
  arrival INTEGER PRIMARY KEY,
  sequence TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- Where the hybrid clock was ahead of the time of the workstation.
  clock INTEGER,
  tick INTEGER NOT NULL,
  -- Canonical JSON: exactly the text that went into the hash.
  author TEXT NOT NULL,
  seen TEXT NOT NULL,
  event TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL,
  UNIQUE (sequence, seq)
) STRICT;

CREATE TRIGGER log_stays_as_it_is BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
