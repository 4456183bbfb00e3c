-- What a response unit does, by its name in `names`; NULL for a vehicle. The trip of a unit is its incident.
ALTER TABLE positions ADD COLUMN status INTEGER;
