-- 42809: the name is something else.

db> CREATE VIEW v AS SELECT 1 AS n
CREATE VIEW
db> CREATE TABLE t (n int)
CREATE TABLE
db> CREATE SEQUENCE s
CREATE SEQUENCE
db> DROP TABLE v
ERROR 42809: "v" is not a table
HINT: Use DROP VIEW to remove a view.
db> DROP VIEW t
ERROR 42809: "t" is not a view
HINT: Use DROP TABLE to remove a table.
db> DROP INDEX t
ERROR 42809: "t" is not an index
HINT: Use DROP TABLE to remove a table.
db> DROP SEQUENCE t
ERROR 42809: "t" is not a sequence
HINT: Use DROP TABLE to remove a table.
db> INSERT INTO s VALUES (1)
ERROR 42809: cannot change sequence "s"
db> SELECT nextval('t')
ERROR 42809: "t" is not a sequence
