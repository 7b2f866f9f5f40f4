-- DROP COLUMN, and what depends on it.

db> CREATE TABLE t (id int, a int UNIQUE, b int CHECK (b > 0))
CREATE TABLE
db> INSERT INTO t VALUES (1, 2, 3)
INSERT 0 1
db> ALTER TABLE t DROP COLUMN a
ALTER TABLE
db> SELECT * FROM t
id int4 | b int4
1       | 3
SELECT 1
db> ALTER TABLE t DROP COLUMN a
ERROR 42703: column "a" of relation "t" does not exist
db> ALTER TABLE t DROP COLUMN IF EXISTS a
NOTICE 00000: column "a" of relation "t" does not exist, skipping
ALTER TABLE
db> ALTER TABLE t DROP COLUMN b
ALTER TABLE
db> INSERT INTO t VALUES (2)
INSERT 0 1
db> SELECT * FROM t
id int4
1
2
SELECT 2
