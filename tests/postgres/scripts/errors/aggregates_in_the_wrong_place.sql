-- 42803

db> CREATE TABLE t (n int)
CREATE TABLE
db> SELECT * FROM t WHERE count(*) > 1
ERROR 42803: aggregate functions are not allowed in WHERE
db> UPDATE t SET n = count(*)
ERROR 42803: aggregate functions are not allowed in UPDATE
db> SELECT n, count(*) FROM t
ERROR 42803: column "t.n" must appear in the GROUP BY clause or be used in an aggregate function
db> SELECT count(count(*)) FROM t
ERROR 42803: aggregate function calls cannot be nested
db> INSERT INTO t VALUES (count(*))
ERROR 42803: aggregate functions are not allowed in VALUES
db> SELECT * FROM t JOIN t u ON count(*) = 1
ERROR 42803: aggregate functions are not allowed in JOIN conditions
db> DELETE FROM t WHERE max(n) = 1
ERROR 42803: aggregate functions are not allowed in WHERE
