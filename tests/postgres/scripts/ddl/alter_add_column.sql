-- ADD COLUMN with and without a default; NOT NULL without one needs an empty table.

db> CREATE TABLE t (id int)
CREATE TABLE
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> ALTER TABLE t ADD COLUMN a int
ALTER TABLE
db> ALTER TABLE t ADD COLUMN b text DEFAULT 'x' NOT NULL
ALTER TABLE
db> ALTER TABLE t ADD COLUMN c int NOT NULL
ERROR 23502: column "c" of relation "t" contains null values
db> ALTER TABLE t ADD COLUMN IF NOT EXISTS a text
NOTICE 42701: column "a" of relation "t" already exists, skipping
ALTER TABLE
db> INSERT INTO t (id) VALUES (2)
INSERT 0 1
db> SELECT * FROM t
id int4 | a int4 | b text
1       | NULL   | x
2       | NULL   | x
SELECT 2
