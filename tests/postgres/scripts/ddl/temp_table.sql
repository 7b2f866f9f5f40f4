-- A temporary table belongs to its session.

a> CREATE TEMP TABLE t (n int)
CREATE TABLE
a> INSERT INTO t VALUES (1)
INSERT 0 1
b> SELECT * FROM t
ERROR 42P01: relation "t" does not exist
a> SELECT * FROM t
n int4
1
SELECT 1
a> BEGIN
BEGIN
a> CREATE TEMP TABLE u (n int) ON COMMIT DROP
CREATE TABLE
a> INSERT INTO u VALUES (1)
INSERT 0 1
a> COMMIT
COMMIT
a> SELECT * FROM u
ERROR 42P01: relation "u" does not exist
