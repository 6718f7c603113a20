-- What may not stand in line behind other errands (D27). What was put down before waits its turn.
ALTER TABLE errands ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0; -- 1 when it goes before all others

CREATE INDEX errands_urgent ON errands (not_before) WHERE done = 0 AND stuck = 0 AND urgent = 1;
