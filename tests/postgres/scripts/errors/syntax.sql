-- 42601 points at the word.

db> SELEC 1
ERROR 42601: syntax error at or near "SELEC"
db> SELECT 1 +
ERROR 42601: syntax error at end of input
db> SELECT FROM WHERE
ERROR 42601: syntax error at or near "WHERE"
db> SELECT * FROM
ERROR 42601: syntax error at end of input
db> INSERT INTO t
ERROR 42601: syntax error at end of input
db> UPDATE t SET
ERROR 42601: syntax error at end of input
db> SELECT 'abc
ERROR 42601: unterminated quoted string at or near "'abc"
db> SELECT 1 1
ERROR 42601: syntax error at or near "1"
db> SELECT (1
ERROR 42601: syntax error at end of input
db> SELECT 1)
ERROR 42601: syntax error at or near ")"
db> DELETE t
ERROR 42601: syntax error at or near "t"
db> CREATE TABLE t (
ERROR 42601: syntax error at end of input
db> SELECT * FROM t WHERE
ERROR 42601: syntax error at end of input
db> SELECT 1;;
?column? int4
1
SELECT 1
