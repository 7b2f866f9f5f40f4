-- Changing a type, with USING where there is no cast by itself.

db> CREATE TABLE t (a int, b text)
CREATE TABLE
db> INSERT INTO t VALUES (1, '2')
INSERT 0 1
db> ALTER TABLE t ALTER COLUMN a TYPE bigint
ALTER TABLE
db> ALTER TABLE t ALTER COLUMN b TYPE int
ERROR 42804: column "b" cannot be cast automatically to type integer
HINT: You might need to specify "USING b::integer".
db> ALTER TABLE t ALTER COLUMN b TYPE int USING b::int
ALTER TABLE
db> SELECT a, b, a + b AS sum FROM t
a int8 | b int4 | sum int8
1      | 2      | 3
SELECT 1
