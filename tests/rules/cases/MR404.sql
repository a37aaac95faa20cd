-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: a transaction of its own
-- expect: MR404
BEGIN;
ALTER TABLE orders ADD COLUMN x integer;
-- expect: MR404
COMMIT;

-- case: a savepoint ends nothing
SAVEPOINT a;
ALTER TABLE orders ADD COLUMN x integer;
RELEASE SAVEPOINT a;

-- case: words in a string and in a comment
-- COMMIT;
COMMENT ON TABLE orders IS 'COMMIT; ROLLBACK';
