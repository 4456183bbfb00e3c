-- The numbers of meters, in the order in which their first day was written.
CREATE TABLE meters (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;

-- The determinants of bills: a local day of a block of 128 meters with neighbouring numbers. By day first, as in `days`.
CREATE TABLE meter_days (
  day INTEGER NOT NULL,
  block INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  meters BLOB NOT NULL,
  PRIMARY KEY (day, block)
) STRICT, WITHOUT ROWID;
