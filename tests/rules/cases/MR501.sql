-- history:
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- case: no statement of any dialect
-- expect: MR501
FROBNICATE orders;

-- case: a form that there is not
-- expect: MR501
ALTER TABLE orders FROBNICATE;

-- case: dynamic SQL
-- expect: MR501
DO $$ BEGIN EXECUTE note_of(1); END $$;

-- case: a text that stands there
DO $$ BEGIN EXECUTE 'CREATE TABLE fresh (id bigint)'; END $$;
