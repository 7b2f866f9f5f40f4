-- What is assigned by itself and what is not.

db> CREATE TABLE t (n int, s text, v varchar(3), f float8, d date)
CREATE TABLE
db> INSERT INTO t (n) VALUES ('12'), (1.5), (2.5), (3.4999) RETURNING n
n int4
12
2
3
3
INSERT 0 4
db> INSERT INTO t (s) VALUES (12), (1.50), (true), (date '2024-01-02') RETURNING s
s text
12
1.50
true
2024-01-02
INSERT 0 4
db> INSERT INTO t (n) VALUES ('abc')
ERROR 22P02: invalid input syntax for type integer: "abc"
db> INSERT INTO t (n) VALUES (true)
ERROR 42804: column "n" is of type integer but expression is of type boolean
HINT: You will need to rewrite or cast the expression.
db> INSERT INTO t (n) VALUES (date '2024-01-02')
ERROR 42804: column "n" is of type integer but expression is of type date
HINT: You will need to rewrite or cast the expression.
db> INSERT INTO t (v) VALUES ('abc  ') RETURNING v, length(v)
v varchar | length int4
abc       | 3
INSERT 0 1
db> INSERT INTO t (v) VALUES ('abcd')
ERROR 22001: value too long for type character varying(3)
db> INSERT INTO t (d) VALUES (5)
ERROR 42804: column "d" is of type date but expression is of type integer
HINT: You will need to rewrite or cast the expression.
db> INSERT INTO t (f) VALUES (1), ('2.5'), (3.25) RETURNING f
f float8
1
2.5
3.25
INSERT 0 3
