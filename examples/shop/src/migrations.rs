//! The schema, as SQL files.

/// Every migration, in the order in which they are applied: its name and its SQL.
pub const MIGRATIONS: [(&str, &str); 3] = [
    ("0001_catalog.sql", include_str!("../migrations/0001_catalog.sql")),
    ("0002_orders.sql", include_str!("../migrations/0002_orders.sql")),
    ("0003_outbox.sql", include_str!("../migrations/0003_outbox.sql")),
];
