-- How long a group's chunks last, as [[since, window], …] in milliseconds: it changes where the group's rate does.
ALTER TABLE groups ADD COLUMN windows TEXT;
UPDATE groups SET windows = json_array(json_array(0, window_ms)) WHERE window_ms IS NOT NULL;
ALTER TABLE groups DROP COLUMN window_ms;

-- A chunk's number counts minutes now instead of three hours, as windows can be that short. The order stays.
CREATE TABLE chunks_by_minute (
  id INTEGER PRIMARY KEY,
  end_ms INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  summary BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;
INSERT INTO chunks_by_minute SELECT id / 1048576 * 180 * 1048576 + id % 1048576, end_ms, samples, checksum, summary, data FROM chunks ORDER BY id;
DROP TABLE chunks;
ALTER TABLE chunks_by_minute RENAME TO chunks;
