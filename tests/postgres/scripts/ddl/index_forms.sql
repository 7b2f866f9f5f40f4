-- Forms of CREATE INDEX, the names that they get, and what they refuse.

db> CREATE TABLE t (id int, email varchar(50), n int, data jsonb)
CREATE TABLE
db> CREATE INDEX ON t (n DESC NULLS LAST, id)
CREATE INDEX
db> CREATE INDEX ON t (lower(email))
CREATE INDEX
db> CREATE UNIQUE INDEX ON t (lower(email))
CREATE INDEX
db> CREATE INDEX ON t ((n + 1), (n + 2))
CREATE INDEX
db> CREATE INDEX ON t USING hash (email)
CREATE INDEX
db> CREATE INDEX ON t USING gin (data jsonb_path_ops)
CREATE INDEX
db> CREATE INDEX ON t (email text_pattern_ops) INCLUDE (n) WITH (fillfactor = 80)
CREATE INDEX
db> CREATE UNIQUE INDEX part ON t (n) WHERE id > 10
CREATE INDEX
db> DROP INDEX t_n_id_idx, t_lower_idx, t_lower_idx1, t_expr_expr1_idx, t_email_idx, t_data_idx, t_email_n_idx
DROP INDEX
db> CREATE UNIQUE INDEX t_mail ON t (lower(email))
CREATE INDEX
db> INSERT INTO t VALUES (1, 'A@x', 1), (2, 'b@x', 1)
INSERT 0 2
db> INSERT INTO t VALUES (3, 'a@X', 2)
ERROR 23505: duplicate key value violates unique constraint "t_mail"
DETAIL: Key (lower(email::text))=(a@x) already exists.
CONSTRAINT: t_mail
db> INSERT INTO t VALUES (11, 'c@x', 5)
INSERT 0 1
db> INSERT INTO t VALUES (12, 'd@x', 5)
ERROR 23505: duplicate key value violates unique constraint "part"
DETAIL: Key (n)=(5) already exists.
CONSTRAINT: part
db> CREATE UNIQUE INDEX ON t (n)
ERROR 23505: could not create unique index "t_n_idx"
DETAIL: Key (n)=(1) is duplicated.
CONSTRAINT: t_n_idx
db> CREATE INDEX part ON t (id)
ERROR 42P07: relation "part" already exists
db> CREATE INDEX IF NOT EXISTS part ON t (id)
NOTICE 42P07: relation "part" already exists, skipping
CREATE INDEX
db> CREATE INDEX ON nothing (id)
ERROR 42P01: relation "nothing" does not exist
db> CREATE INDEX ON t (nothing)
ERROR 42703: column "nothing" does not exist
db> CREATE INDEX ON t (random())
ERROR 42P17: functions in index expression must be marked IMMUTABLE
db> CREATE INDEX ON t USING nothing (id)
ERROR 42704: access method "nothing" does not exist
db> CREATE UNIQUE INDEX ON t USING hash (id)
ERROR 0A000: access method "hash" does not support unique indexes
db> CREATE INDEX ON t USING hash (id, n)
ERROR 0A000: access method "hash" does not support multicolumn indexes
db> CREATE INDEX CONCURRENTLY later ON t (id)
CREATE INDEX
db> BEGIN
BEGIN
db> CREATE INDEX CONCURRENTLY later2 ON t (id)
ERROR 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block
db> ROLLBACK
ROLLBACK
db> DROP INDEX CONCURRENTLY later
DROP INDEX
db> REINDEX TABLE t
REINDEX
db> REINDEX INDEX part
REINDEX
db> REINDEX INDEX nothing
ERROR 42P01: relation "nothing" does not exist
db> ALTER INDEX part RENAME TO partial
ALTER INDEX
db> DROP INDEX part
ERROR 42704: index "part" does not exist
db> DROP INDEX IF EXISTS part
NOTICE 00000: index "part" does not exist, skipping
DROP INDEX
db> DROP INDEX partial
DROP INDEX
db> CREATE TABLE u (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b))
CREATE TABLE
db> INSERT INTO u VALUES (1, NULL)
INSERT 0 1
db> INSERT INTO u VALUES (1, NULL)
ERROR 23505: duplicate key value violates unique constraint "u_a_b_key"
DETAIL: Key (a, b)=(1, null) already exists.
CONSTRAINT: u_a_b_key
db> CREATE TABLE w (a int, b int, PRIMARY KEY (a) INCLUDE (b))
CREATE TABLE
db> INSERT INTO w VALUES (1, 1)
INSERT 0 1
db> INSERT INTO w VALUES (1, 2)
ERROR 23505: duplicate key value violates unique constraint "w_pkey"
DETAIL: Key (a)=(1) already exists.
CONSTRAINT: w_pkey
db> COMMENT ON TABLE w IS 'words'
COMMENT
db> COMMENT ON COLUMN w.b IS 'other words'
COMMENT
db> SELECT obj_description('w'::regclass), col_description('w'::regclass, 2)
obj_description text | col_description text
words                | other words
SELECT 1
db> COMMENT ON TABLE w IS NULL
COMMENT
db> SELECT obj_description('w'::regclass, 'pg_class')
obj_description text
NULL
SELECT 1
db> COMMENT ON TABLE nothing IS 'x'
ERROR 42P01: relation "nothing" does not exist
db> COMMENT ON COLUMN w.c IS 'x'
ERROR 42703: column "c" of relation "w" does not exist
db> COMMENT ON VIEW w IS 'x'
ERROR 42809: "w" is not a view
