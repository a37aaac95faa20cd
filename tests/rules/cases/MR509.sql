-- case: a table, a byte too long
-- expect: MR509
CREATE TABLE a23456789012345678901234567890123456789012345678901234567890123x (id bigint);

-- case: as long as it may be
CREATE TABLE a23456789012345678901234567890123456789012345678901234567890123 (id bigint);

-- case: letters of more than one byte
-- expect: MR509
CREATE TABLE "ääääääääääääääääääääääääääääääää" (id bigint);

-- case: a long text is no name
CREATE TABLE notes (id bigint PRIMARY KEY, note text DEFAULT 'a text that is much longer than any name of a server could ever be');

-- case: a comment is none either
CREATE TABLE notes (id bigint PRIMARY KEY); -- a_remark_that_is_much_longer_than_any_name_of_a_server_could_ever_be
