-- Events that are to be published, written in the transaction that makes them true.
CREATE TABLE outbox (
    id bigserial PRIMARY KEY,
    topic text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Until then the relay that took the row has it for itself.
    claimed_until timestamptz,
    sent_at timestamptz
);
