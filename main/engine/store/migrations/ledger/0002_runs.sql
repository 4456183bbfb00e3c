-- The measured course of a trip on a day: its stops as JSON [[sequence, arrivalMs or null, departureMs or null], …], with
-- times counted from start_ms, second 0 of its service day (UTC ms; moved for trips that run several times a day).
CREATE TABLE runs (
  service_day INTEGER NOT NULL,
  trip TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  calls TEXT NOT NULL,
  PRIMARY KEY (service_day, trip, start_ms)
) STRICT, WITHOUT ROWID;
