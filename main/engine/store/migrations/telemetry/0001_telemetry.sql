-- One row a device and quantity; samples carry the number only.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  quantity TEXT NOT NULL,
  UNIQUE (device, quantity)
) STRICT;

-- Clustered by series, because every reader asks for one series over a span of time. A value that was missing or not a number is NULL.
CREATE TABLE samples (
  series INTEGER NOT NULL,
  at INTEGER NOT NULL,
  value REAL,
  quality INTEGER NOT NULL,
  PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;

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
