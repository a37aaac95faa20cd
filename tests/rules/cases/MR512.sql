-- case: a zero-width space in a name
-- expect: MR512
CREATE TABLE invoi​ces (id bigint PRIMARY KEY);

-- case: a no-break space behind one
-- expect: MR512
CREATE TABLE invoices (id bigint PRIMARY KEY);

-- case: a mark of direction in quotes
-- expect: MR512
CREATE TABLE "invoices‮" (id bigint PRIMARY KEY);

-- case: letters outside of ASCII
CREATE TABLE "Füße 東" (id bigint PRIMARY KEY);

-- case: in a string and in a comment it names nothing
CREATE TABLE notes (id bigint PRIMARY KEY, note text DEFAULT 'a​b'); --  
