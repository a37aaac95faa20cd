-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);

-- case 18: a check
-- expect: MR510
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT ENFORCED;

-- case 18: in a new table
-- expect: MR510
CREATE TABLE items (id bigint PRIMARY KEY, total integer CHECK (total > 0) NOT ENFORCED);

-- case: NOT VALID holds later rows to it
ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;
