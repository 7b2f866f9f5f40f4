-- What may be a name without quotes.

db> CREATE TABLE user (n int)
ERROR 42601: syntax error at or near "user"
db> CREATE TABLE "user" (n int)
CREATE TABLE
db> CREATE TABLE t ("order" int, value int, name text, type text)
CREATE TABLE
db> INSERT INTO t ("order", value, name, type) VALUES (1, 2, 'a', 'b')
INSERT 0 1
db> SELECT "order", value, name, type FROM t
order int4 | value int4 | name text | type text
1          | 2          | a         | b
SELECT 1
db> SELECT order FROM t
ERROR 42601: syntax error at or near "FROM"
