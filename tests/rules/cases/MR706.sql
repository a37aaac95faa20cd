-- case: in CREATE and ALTER
-- expect: MR706
CREATE USER reporting PASSWORD 'swordfish';
-- expect: MR706
ALTER ROLE reporting WITH ENCRYPTED PASSWORD 'SCRAM-SHA-256$4096:x';

-- case: none
CREATE ROLE reporting LOGIN;
ALTER ROLE reporting PASSWORD NULL;
ALTER ROLE reporting SET search_path = app;
