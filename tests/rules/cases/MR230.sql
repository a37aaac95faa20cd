-- history:
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (
  id bigint PRIMARY KEY, customer_id bigint CONSTRAINT checked REFERENCES customers,
  buyer_id bigint CONSTRAINT trusted REFERENCES customers NOT ENFORCED
);

-- case 18: from now on
-- expect: MR230
ALTER TABLE orders ALTER CONSTRAINT trusted ENFORCED;

-- case 18: it is enforced
ALTER TABLE orders ALTER CONSTRAINT checked ENFORCED;

-- case 18: not any more
ALTER TABLE orders ALTER CONSTRAINT checked NOT ENFORCED;

-- case 18: something else changes
ALTER TABLE orders ALTER CONSTRAINT trusted DEFERRABLE;
