-- A stored generated column follows its row and takes no value.

db> CREATE TABLE t (a int, b int, total int GENERATED ALWAYS AS (a * b) STORED)
CREATE TABLE
db> INSERT INTO t VALUES (2, 3) RETURNING *
a int4 | b int4 | total int4
2      | 3      | 6
INSERT 0 1
db> UPDATE t SET a = 5 RETURNING total
total int4
15
UPDATE 1
db> INSERT INTO t VALUES (1, 1, 1)
ERROR 428C9: cannot insert a non-DEFAULT value into column "total"
DETAIL: Column "total" is a generated column.
db> INSERT INTO t VALUES (1, 1, DEFAULT) RETURNING total
total int4
1
INSERT 0 1
db> UPDATE t SET total = 7
ERROR 428C9: column "total" can only be updated to DEFAULT
DETAIL: Column "total" is a generated column.
