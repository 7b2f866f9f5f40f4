-- Several clauses; the stronger lock counts for a table that is in two of them.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE u (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1)
INSERT 0 1
setup> INSERT INTO u VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT t.id FROM t, u FOR UPDATE OF t FOR KEY SHARE OF u
id int4
1
SELECT 1
b> SELECT id FROM t FOR KEY SHARE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
b> SELECT id FROM u FOR NO KEY UPDATE NOWAIT
id int4
1
SELECT 1
a> COMMIT
COMMIT
