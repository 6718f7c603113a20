-- What is seen of a journal from outside: which trace an act belongs to, and what a case waits for.
ALTER TABLE streams ADD COLUMN trace TEXT; -- of the act that wrote last (W3C traceparent)
ALTER TABLE streams ADD COLUMN waits TEXT; -- what must happen next, by a name from a closed list

CREATE INDEX streams_by_waits ON streams (waits) WHERE waits IS NOT NULL;

ALTER TABLE errands ADD COLUMN trace TEXT; -- of the act that caused it (W3C traceparent)

-- What went before says so itself at its next write.
UPDATE streams SET waits = 'onbekend' WHERE shelf LIKE 'cases/%/open';
