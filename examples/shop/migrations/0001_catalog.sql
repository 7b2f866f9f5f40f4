CREATE TABLE product (
    sku text PRIMARY KEY,
    name text NOT NULL,
    price_cents bigint NOT NULL CHECK (price_cents >= 0),
    stock bigint NOT NULL CHECK (stock >= 0)
);

-- Every price that a product ever had, for the accounts.
CREATE TABLE price_change (
    id bigserial PRIMARY KEY,
    sku text NOT NULL REFERENCES product (sku),
    price_cents bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
