-- history:
CREATE TABLE plans (id uuid PRIMARY KEY, name text);

-- case: a row
-- expect: MR607
INSERT INTO plans VALUES (gen_random_uuid(), 'basic');

-- case: every row
-- expect: MR607
UPDATE plans SET name = name || random() WHERE true;

-- case: a file of the server
-- expect: MR607
COPY plans FROM '/srv/plans.csv' WITH (FORMAT csv);

-- case: a new table
CREATE TABLE fresh (id uuid);
INSERT INTO fresh VALUES (gen_random_uuid());

-- case: what is the same everywhere
INSERT INTO plans VALUES ('5f0c9a52-1f0e-4c1b-9a3e-6d1d2a7c9b10', 'random plan');
