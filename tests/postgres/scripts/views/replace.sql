-- CREATE OR REPLACE VIEW keeps the columns that are there.

db> CREATE TABLE t (a int, b varchar(5), c numeric(8,2))
CREATE TABLE
db> CREATE VIEW v AS SELECT * FROM t
CREATE VIEW
db> CREATE OR REPLACE VIEW v AS SELECT a FROM t
ERROR 42P16: cannot drop columns from view
db> CREATE OR REPLACE VIEW v AS SELECT a AS x, b, c FROM t
ERROR 42P16: cannot change name of view column "a" to "x"
HINT: Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.
db> CREATE OR REPLACE VIEW v AS SELECT a, b::text, c FROM t
ERROR 42P16: cannot change data type of view column "b" from character varying(5) to text
db> CREATE OR REPLACE VIEW v AS SELECT a, b, c::numeric(9,2) FROM t
ERROR 42P16: cannot change data type of view column "c" from numeric(8,2) to numeric(9,2)
db> CREATE OR REPLACE VIEW v AS SELECT a, b, c, a + 1 AS next FROM t
CREATE VIEW
db> INSERT INTO t VALUES (1, 'one', 1.5)
INSERT 0 1
db> SELECT * FROM v
a int4 | b varchar | c numeric | next int4
1      | one       | 1.50      | 2
SELECT 1
db> CREATE OR REPLACE VIEW t AS SELECT 1 AS a
ERROR 42809: "t" is not a view
db> CREATE VIEW w AS SELECT a, a FROM t
ERROR 42701: column "a" specified more than once
db> CREATE VIEW w (x, y, z) AS SELECT a, b FROM t
ERROR 42601: CREATE VIEW specifies more column names than columns
db> CREATE VIEW w (x) AS SELECT a, b FROM t
CREATE VIEW
db> SELECT * FROM w
x int4 | b varchar
1      | one
SELECT 1
db> CREATE VIEW u AS SELECT nothing FROM t
ERROR 42703: column "nothing" does not exist
db> CREATE VIEW u AS SELECT * FROM nowhere
ERROR 42P01: relation "nowhere" does not exist
db> CREATE VIEW u AS SELECT a FROM t WHERE a = $1
ERROR 42P02: there is no parameter $1
db> ALTER VIEW w RENAME COLUMN x TO first
ALTER VIEW
db> ALTER VIEW w RENAME TO w2
ALTER VIEW
db> SELECT first FROM w2
first int4
1
SELECT 1
db> DROP TABLE v
ERROR 42809: "v" is not a table
HINT: Use DROP VIEW to remove a view.
db> DROP VIEW t
ERROR 42809: "t" is not a view
HINT: Use DROP TABLE to remove a table.
db> ALTER TABLE v ADD COLUMN d int
ERROR 42809: ALTER action ADD COLUMN cannot be performed on relation "v"
DETAIL: This operation is not supported for views.
db> CREATE INDEX ON v (a)
ERROR 42809: cannot create index on relation "v"
DETAIL: This operation is not supported for views.
db> TRUNCATE v
ERROR 42809: "v" is not a table
