-- Why an errand waits, and who stopped it. From here on `stuck` is 0 while an errand is tried, 1 once it gave up and 2
-- once somebody stopped it.
ALTER TABLE errands ADD COLUMN put_at INTEGER; -- micros since the epoch; unknown for what was put down before
ALTER TABLE errands ADD COLUMN failed_at INTEGER; -- micros since the epoch; of the last try, which failed
ALTER TABLE errands ADD COLUMN failure TEXT; -- its code

-- What is written anew takes the place of what rests in the same stream.
CREATE INDEX errands_resting ON errands (stream) WHERE done = 0 AND stuck > 0;

-- Who stopped an errand, and why. Only ever added to.
CREATE TABLE errand_stops (
    seq    INTEGER NOT NULL PRIMARY KEY,
    errand TEXT    NOT NULL,
    at     INTEGER NOT NULL, -- micros since the epoch
    by     TEXT    NOT NULL, -- json
    reason TEXT    NOT NULL
) STRICT;

CREATE INDEX errand_stops_by_errand ON errand_stops (errand, seq);
