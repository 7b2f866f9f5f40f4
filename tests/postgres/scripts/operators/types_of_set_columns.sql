-- 42804: assigning an expression of another type.

db> CREATE TABLE t (n int, s text, b bool, d date, j jsonb)
CREATE TABLE
db> INSERT INTO t VALUES ('x'::text)
ERROR 42804: column "n" is of type integer but expression is of type text
HINT: You will need to rewrite or cast the expression.
db> INSERT INTO t (b) VALUES (1)
ERROR 42804: column "b" is of type boolean but expression is of type integer
HINT: You will need to rewrite or cast the expression.
db> INSERT INTO t (j) VALUES (1)
ERROR 42804: column "j" is of type jsonb but expression is of type integer
HINT: You will need to rewrite or cast the expression.
db> INSERT INTO t (d) VALUES (now())
INSERT 0 1
db> UPDATE t SET n = 'x'::text
ERROR 42804: column "n" is of type integer but expression is of type text
HINT: You will need to rewrite or cast the expression.
db> UPDATE t SET b = 'yes', n = 1.6, s = 5, d = '2024-01-01' RETURNING n
n int4
2
UPDATE 1
db> INSERT INTO t (n, b) SELECT true, 1
ERROR 42804: column "n" is of type integer but expression is of type boolean
HINT: You will need to rewrite or cast the expression.
