-- history:
CREATE EXTENSION citext;

-- case: for superusers
-- expect: MR605
CREATE EXTENSION postgis;

-- case: trusted, which is a note
-- expect: MR605
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

-- case: it is there
CREATE EXTENSION IF NOT EXISTS citext;

-- case: that of every database
CREATE EXTENSION IF NOT EXISTS plpgsql;
