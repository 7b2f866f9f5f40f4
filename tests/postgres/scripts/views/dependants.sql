-- What a view reads cannot go without it.

db> CREATE TABLE t (id int PRIMARY KEY, a int, b text, unused int)
CREATE TABLE
db> CREATE VIEW v1 AS SELECT id, a FROM t WHERE b IS NOT NULL
CREATE VIEW
db> CREATE VIEW v2 AS SELECT count(*) AS n FROM v1
CREATE VIEW
db> CREATE MATERIALIZED VIEW m AS SELECT a FROM v1
SELECT 0
db> DROP TABLE t
ERROR 2BP01: cannot drop table t because other objects depend on it
DETAIL: view v1 depends on table t\nview v2 depends on view v1\nmaterialized view m depends on view v1
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP VIEW v1
ERROR 2BP01: cannot drop view v1 because other objects depend on it
DETAIL: view v2 depends on view v1\nmaterialized view m depends on view v1
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE t DROP COLUMN b
ERROR 2BP01: cannot drop column b of table t because other objects depend on it
DETAIL: view v1 depends on column b of table t\nview v2 depends on view v1\nmaterialized view m depends on view v1
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER TABLE t ALTER COLUMN a TYPE bigint
ERROR 0A000: cannot alter type of a column used by a view or rule
DETAIL: rule _RETURN on view v1 depends on column "a"
db> ALTER TABLE t DROP COLUMN unused
ALTER TABLE
db> SELECT * FROM v1
id int4 | a int4
SELECT 0
db> ALTER TABLE t RENAME COLUMN a TO alpha
ALTER TABLE
db> ALTER TABLE t RENAME TO renamed
ALTER TABLE
db> INSERT INTO renamed VALUES (1, 10, 'x'), (2, 20, NULL)
INSERT 0 2
db> SELECT * FROM v1
id int4 | a int4
1       | 10
SELECT 1
db> SELECT * FROM v2
n int8
1
SELECT 1
db> REFRESH MATERIALIZED VIEW m
REFRESH MATERIALIZED VIEW
db> SELECT * FROM m
a int4
10
SELECT 1
db> BEGIN
BEGIN
db> ALTER TABLE renamed DROP COLUMN b CASCADE
NOTICE 00000: drop cascades to 3 other objects
DETAIL: drop cascades to view v1\ndrop cascades to view v2\ndrop cascades to materialized view m
ALTER TABLE
db> SELECT * FROM v1
ERROR 42P01: relation "v1" does not exist
db> ROLLBACK
ROLLBACK
db> SELECT * FROM v1
id int4 | a int4
1       | 10
SELECT 1
db> DROP VIEW v2, m
ERROR 42809: "m" is not a view
HINT: Use DROP MATERIALIZED VIEW to remove a materialized view.
db> DROP VIEW v2
DROP VIEW
db> DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW
db> DROP TABLE renamed CASCADE
NOTICE 00000: drop cascades to view v1
DROP TABLE
db> SELECT * FROM v1
ERROR 42P01: relation "v1" does not exist
db> DROP VIEW IF EXISTS v1, v2
NOTICE 00000: view "v1" does not exist, skipping
NOTICE 00000: view "v2" does not exist, skipping
DROP VIEW
