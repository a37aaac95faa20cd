-- case: capitals, blanks
-- expect: MR813
CREATE TABLE "Orders" (id bigint PRIMARY KEY);
-- expect: MR813
ALTER TABLE "Orders" ADD COLUMN "placed at" date;

-- case: capitals without quotes are none
CREATE TABLE Orders (Id bigint PRIMARY KEY);
CREATE INDEX Orders_Idx ON Orders (Id);
