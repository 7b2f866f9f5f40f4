-- A view depends on its table.

db> CREATE TABLE t (n int)
CREATE TABLE
db> CREATE VIEW v AS SELECT n FROM t
CREATE VIEW
db> DROP TABLE t
ERROR 2BP01: cannot drop table t because other objects depend on it
DETAIL: view v depends on table t
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE t DROP COLUMN n
ERROR 2BP01: cannot drop column n of table t because other objects depend on it
DETAIL: view v depends on column n of table t
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP TABLE t CASCADE
NOTICE 00000: drop cascades to view v
DROP TABLE
db> SELECT * FROM v
ERROR 42P01: relation "v" does not exist
