CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    -- Chosen by the client, for each cart: its retry must not order twice.
    idempotency_key text NOT NULL UNIQUE,
    customer text NOT NULL,
    card_token text NOT NULL,
    status text NOT NULL DEFAULT 'placed'
        CHECK (status IN ('placed', 'paid', 'cancelled', 'refunding', 'refunded')),
    total_cents bigint NOT NULL CHECK (total_cents >= 0),
    charge_id text,
    placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_line (
    order_id bigint NOT NULL REFERENCES orders (id),
    sku text NOT NULL REFERENCES product (sku),
    quantity bigint NOT NULL CHECK (quantity > 0),
    price_cents bigint NOT NULL,
    PRIMARY KEY (order_id, sku)
);
