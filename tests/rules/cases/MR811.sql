-- case: an enum
-- expect: MR811
CREATE TYPE mood AS ENUM ();

-- case: another type
CREATE TYPE pair AS (a int, b int);
