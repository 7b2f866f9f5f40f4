-- How the key is printed, by type.

db> CREATE TABLE t (a text, b timestamp, c numeric(6,2), PRIMARY KEY (a, b, c))
CREATE TABLE
db> INSERT INTO t VALUES ('it''s', '2024-01-02 03:04:05', 1.5)
INSERT 0 1
db> INSERT INTO t VALUES ('it''s', '2024-01-02 03:04:05', 1.5)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (a, b, c)=(it's, 2024-01-02 03:04:05, 1.50) already exists.
CONSTRAINT: t_pkey
