CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders (id),
    position integer NOT NULL,
    product text NOT NULL,
    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
    PRIMARY KEY (order_id, position)
);
