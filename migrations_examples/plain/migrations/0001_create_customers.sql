-- The people who buy.
CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO customers (id, name, email) VALUES
    (1, 'Ana', 'ana@shop.example'),
    (2, 'Ben', 'ben@shop.example');
