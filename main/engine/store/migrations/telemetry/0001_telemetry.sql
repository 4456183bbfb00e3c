-- Groups of up to 128 neighbouring series, whose samples are sealed together.
CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  -- What its series are added up for: a zone or feeder; 'links' where the sums of each link are made when asked for; '' for nothing.
  scope TEXT NOT NULL,
  -- How long a chunk lasts; decided when the first one is sealed.
  window_ms INTEGER,
  -- Journal entries up to this one are in its chunks.
  folded INTEGER NOT NULL,
  -- First and newest sealed samples of its series.
  ends BLOB
) STRICT;

-- One row a device and quantity; samples carry the number only.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  quantity TEXT NOT NULL,
  scope TEXT NOT NULL,
  grp INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  UNIQUE (device, quantity)
) STRICT;

-- What was committed and is not sealed yet: the samples of a transaction as columns.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- Sealed samples. The number is made of the window's start and the group, so chunks lie in the order of time and need no index.
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  end_ms INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  summary BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- Sums by quarter hour, four days a row.
CREATE TABLE rollups (
  scope TEXT NOT NULL,
  quantity TEXT NOT NULL,
  span INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (scope, quantity, span)
) STRICT, WITHOUT ROWID;

-- The trace of what was replaced by a later message for the same time.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  series INTEGER NOT NULL,
  at INTEGER NOT NULL,
  old_value REAL,
  old_quality INTEGER NOT NULL,
  new_value REAL,
  new_quality INTEGER NOT NULL
) STRICT;

-- Vehicles and trips repeat once a second: numbers instead of their names.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Integers, because SQLite keeps small ones in few bytes: 1e-7 degree is a centimetre, and no source knows speed or heading finer than this.
CREATE TABLE positions (
  vehicle INTEGER NOT NULL,
  at INTEGER NOT NULL,
  lon_e7 INTEGER NOT NULL,
  lat_e7 INTEGER NOT NULL,
  speed_cmps INTEGER,
  heading_ddeg INTEGER,
  delay_s INTEGER,
  trip INTEGER,
  PRIMARY KEY (vehicle, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE device_flags (
  device TEXT NOT NULL,
  is_state INTEGER NOT NULL,
  at INTEGER NOT NULL,
  flags TEXT NOT NULL,
  PRIMARY KEY (device, is_state, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letters (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  feed TEXT NOT NULL,
  topic TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  payload BLOB NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

-- Kept with each commit, since counting millions of rows takes seconds.
CREATE TABLE totals (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO totals (name, count) VALUES ('samples', 0), ('positions', 0);
