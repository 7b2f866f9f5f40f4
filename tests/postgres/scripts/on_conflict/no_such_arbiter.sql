-- 42P10 if no unique index fits the columns.

db> CREATE TABLE t (id int PRIMARY KEY, n int, m int, UNIQUE (n, m))
CREATE TABLE
db> INSERT INTO t VALUES (1, 1, 1) ON CONFLICT (n) DO NOTHING
ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
db> INSERT INTO t VALUES (1, 1, 1) ON CONFLICT (m, n) DO NOTHING
INSERT 0 1
db> INSERT INTO t VALUES (1, 1, 1) ON CONFLICT (nowhere) DO NOTHING
ERROR 42703: column "nowhere" does not exist
db> INSERT INTO t VALUES (1, 1, 1) ON CONFLICT DO UPDATE SET n = 2
ERROR 42601: ON CONFLICT DO UPDATE requires inference specification or constraint name
HINT: For example, ON CONFLICT (column_name).
