-- How a case ended, so that ends can be counted.
ALTER TABLE streams ADD COLUMN ended TEXT; -- by a name from a closed list

CREATE INDEX streams_by_end ON streams (ended) WHERE ended IS NOT NULL;

-- What ended before says so itself at its next write.
UPDATE streams SET ended = 'onbekend' WHERE shelf LIKE 'cases/%/ended';
