-- An update that moves rows forward does not meet them again (the Halloween problem).

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1), (3), (5)
INSERT 0 3
a> UPDATE t SET id = id + 1
UPDATE 3
a> SELECT id FROM t ORDER BY id
id int4
2
4
6
SELECT 3
a> INSERT INTO t SELECT id + 10 FROM t
INSERT 0 3
a> SELECT count(*) FROM t
count int8
6
SELECT 1
