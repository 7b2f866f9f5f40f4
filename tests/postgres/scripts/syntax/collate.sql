-- COLLATE: every collation of this database orders by code points.

setup> CREATE TABLE t (a text COLLATE "C", b varchar(5) COLLATE "POSIX", n int)
CREATE TABLE
setup> INSERT INTO t VALUES ('b', 'x', 1), ('A', 'y', 2), ('a', 'z', 3)
INSERT 0 3
db> SELECT a FROM t ORDER BY a COLLATE "C"
a text
A
a
b
SELECT 3
db> SELECT a FROM t ORDER BY b COLLATE pg_catalog."default" DESC
a text
a
A
b
SELECT 3
db> SELECT 'B' < 'a' COLLATE "C", 'a' || 'b' COLLATE "POSIX", max(a COLLATE "C") FROM t
?column? bool | ?column? text | max text
t             | ab            | b
SELECT 1
db> SELECT a COLLATE "C" FROM t WHERE a COLLATE "ucs_basic" = 'a'
a text
a
SELECT 1
db> SELECT ARRAY['b', 'a'] COLLATE "C"
array text[]
{b,a}
SELECT 1
db> SELECT n COLLATE "C" FROM t
ERROR 42804: collations are not supported by type integer
db> SELECT 1 COLLATE "C"
ERROR 42804: collations are not supported by type integer
db> SELECT '{}'::jsonb COLLATE "C"
ERROR 42804: collations are not supported by type jsonb
db> SELECT 'a' COLLATE nope
ERROR 42704: collation "nope" for encoding "UTF8" does not exist
db> SELECT 'a' COLLATE public.nope
ERROR 42704: collation "public.nope" for encoding "UTF8" does not exist
db> SELECT 'a' COLLATE
collate text
a
SELECT 1
db> SELECT 'a' COLLATE 'C'
ERROR 42601: syntax error at or near "'C'"
db> CREATE TABLE u (n int COLLATE "C")
ERROR 42804: collations are not supported by type integer
db> CREATE TABLE u (a text COLLATE nope)
ERROR 42704: collation "nope" for encoding "UTF8" does not exist
db> CREATE INDEX ON t (a COLLATE "C" DESC)
CREATE INDEX
db> ALTER TABLE t ALTER a TYPE varchar(10) COLLATE "C"
ALTER TABLE
db> ALTER TABLE t ALTER n TYPE bigint COLLATE "C"
ERROR 42804: collations are not supported by type bigint
db> SELECT upper('a' COLLATE "C") LIKE 'A' COLLATE "C"
?column? bool
t
SELECT 1
db> SELECT DISTINCT a COLLATE "C" AS a FROM t ORDER BY a
a varchar
A
a
b
SELECT 3
db> SELECT a COLLATE "C", count(*) FROM t GROUP BY a COLLATE "C" ORDER BY 1
a varchar | count int8
A         | 1
a         | 1
b         | 1
SELECT 3
