-- A register is renewed row by row: the keys of one row must be found without looking at all.
CREATE INDEX register_keys_by_row ON register_keys (row);
