-- Nullable and without a default: the code that is running does not notice.
ALTER TABLE customers ADD COLUMN phone text;
