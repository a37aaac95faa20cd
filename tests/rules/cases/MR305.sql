-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,4), placed timestamptz, note text, ratio double precision);

-- case: fewer decimals
-- expect: MR203, MR305
ALTER TABLE orders ALTER total TYPE numeric(12,2);

-- case: a date of a moment
-- expect: MR203, MR305
ALTER TABLE orders ALTER placed TYPE date;

-- case: a text that USING cuts
-- expect: MR203, MR305
ALTER TABLE orders ALTER note TYPE varchar(20) USING substr(note, 1, 20);

-- case: a real
-- expect: MR203, MR305
ALTER TABLE orders ALTER ratio TYPE real;

-- case: more decimals
-- expect: MR203
ALTER TABLE orders ALTER total TYPE numeric(14,6);

-- case: no limit any more
ALTER TABLE orders ALTER total TYPE numeric;
