-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');

-- case: at the end
-- expect: MR108
ALTER TYPE mood ADD VALUE 'mixed';

-- case: in the middle, with a schema
-- expect: MR108
ALTER TYPE public.mood ADD VALUE 'mixed' BEFORE 'bad';

-- case: it is there
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'bad';

-- case: a new enum
CREATE TYPE colour AS ENUM ('red');
ALTER TYPE colour ADD VALUE 'blue';

-- case: a new enum of an earlier file
CREATE TYPE colour AS ENUM ('red');
-- file:
ALTER TYPE colour ADD VALUE 'blue';
