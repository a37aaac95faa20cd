-- What they bought. The index is made together with its table, so nobody waits for it.
CREATE TABLE orders (
    id integer PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers (id),
    status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'paid', 'sent')),
    total numeric(10, 2) NOT NULL
);

CREATE INDEX orders_customer_id_idx ON orders (customer_id);
