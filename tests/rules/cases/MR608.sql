-- history:
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);

-- case: a name behind it
-- expect: MR608
SET search_path TO shop, public;
ALTER TABLE orders ADD COLUMN note text;

-- case: for the transaction only
-- expect: MR608
SET LOCAL search_path = shop;
CREATE TABLE items (id bigint PRIMARY KEY);

-- case: every name has its schema
SET search_path = shop;
ALTER TABLE shop.orders ADD COLUMN note text;

-- case: what holds anyway
SET search_path = "$user", public;
CREATE TABLE items (id bigint PRIMARY KEY);

-- case: set back before a name comes
SET search_path = shop;
RESET search_path;
CREATE TABLE items (id bigint PRIMARY KEY);

-- case: another setting
SET statement_timeout = 0;
CREATE TABLE items (id bigint PRIMARY KEY);
