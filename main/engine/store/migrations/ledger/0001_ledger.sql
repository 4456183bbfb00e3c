-- What hourly values are kept of: a scope (`zone:…`, `link:…`, `route:…`, `own:…` of one device, `county`, `figure`) and
-- what is measured of it. Values are whole numbers of 10^-digits of its unit.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  measure TEXT NOT NULL,
  digits INTEGER NOT NULL,
  is_counter INTEGER NOT NULL,
  UNIQUE (scope, measure)
) STRICT;

-- When local days (numbered from 1970-01-01) began and ended. Written with a day's first value, so that days stay what
-- they were where the county's zone or its rules change later.
CREATE TABLE calendar (
  day INTEGER PRIMARY KEY,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL
) STRICT;

-- The hours of a day of a series. By day first: a run writes neighbouring rows, and retention deletes from the low end.
CREATE TABLE days (
  day INTEGER NOT NULL,
  series INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  hours BLOB NOT NULL,
  PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;

-- The last run of each job of this workstation: the period that it was due for, and when it ended.
CREATE TABLE jobs (
  name TEXT PRIMARY KEY,
  period INTEGER NOT NULL,
  ended_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
