-- 22001

db> CREATE TABLE t (v varchar(3), c char(2))
CREATE TABLE
db> INSERT INTO t VALUES ('abcd', 'a')
ERROR 22001: value too long for type character varying(3)
db> INSERT INTO t VALUES ('abc', 'abc')
ERROR 22001: value too long for type character(2)
db> INSERT INTO t VALUES ('abc   ', 'ab  ')
INSERT 0 1
db> UPDATE t SET v = 'long text'
ERROR 22001: value too long for type character varying(3)
db> SELECT v || '|', c || '|' FROM t
?column? text | ?column? text
'abc|'        | 'ab|'
SELECT 1
