-- case: four
CREATE TABLE t (a int PRIMARY KEY, b int, c int, d int);
-- expect: MR810
CREATE INDEX i ON t (a, b, c, d);

-- case: three, and a unique one
CREATE TABLE t (a int PRIMARY KEY, b int, c int, d int);
CREATE INDEX i ON t (b, c, d) INCLUDE (a);
CREATE UNIQUE INDEX u ON t (b, c, d, a);
