-- varchar(n) refuses, except for spaces; a cast cuts.

db> CREATE TABLE t (v varchar(3), c char(3), x text)
CREATE TABLE
db> INSERT INTO t VALUES ('abc', 'ab', 'abc') RETURNING v, c, x
v varchar | c bpchar | x text
abc       | 'ab '    | abc
INSERT 0 1
db> INSERT INTO t (v) VALUES ('abcd')
ERROR 22001: value too long for type character varying(3)
db> INSERT INTO t (c) VALUES ('abcd')
ERROR 22001: value too long for type character(3)
db> INSERT INTO t (v) VALUES ('ab     ') RETURNING v, length(v)
v varchar | length int4
'ab '     | 3
INSERT 0 1
db> SELECT 'abcdef'::varchar(3), 'abcdef'::char(3), 'a'::char(3), 'abc'::varchar
varchar varchar | bpchar bpchar | bpchar bpchar | varchar varchar
abc             | abc           | 'a  '         | abc
SELECT 1
db> INSERT INTO t (v) VALUES ('äöü') RETURNING length(v), octet_length(v)
length int4 | octet_length int4
3           | 6
INSERT 0 1
db> UPDATE t SET v = v || 'x'
ERROR 22001: value too long for type character varying(3)
