-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: every row is deleted
-- expect: MR301
DELETE FROM orders;

-- case: every row is changed
-- expect: MR301
UPDATE orders SET note = NULL;

-- case: a condition in a subquery is none of the statement
-- expect: MR301
UPDATE orders SET note = (SELECT 'x' WHERE true);

-- case: with a condition
UPDATE orders SET note = 'x' WHERE id = 1;
DELETE FROM orders WHERE id = 1;

-- case: a new table
CREATE TABLE fresh (id bigint);
DELETE FROM fresh;
