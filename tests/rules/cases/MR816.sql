-- history:
CREATE TYPE mood AS ENUM ('good', 'bad');

-- case: at the end
-- expect: MR816
ALTER TYPE mood ADD VALUE 'mixed';

-- case: somewhere
ALTER TYPE mood ADD VALUE 'mixed' AFTER 'good';
