-- Renaming tables, columns and constraints.

db> CREATE TABLE t (a int CONSTRAINT a_pos CHECK (a > 0))
CREATE TABLE
db> ALTER TABLE t RENAME COLUMN a TO b
ALTER TABLE
db> ALTER TABLE t RENAME TO u
ALTER TABLE
db> ALTER TABLE u RENAME CONSTRAINT a_pos TO b_pos
ALTER TABLE
db> INSERT INTO u (b) VALUES (0)
ERROR 23514: new row for relation "u" violates check constraint "b_pos"
DETAIL: Failing row contains (0).
CONSTRAINT: b_pos
db> SELECT a FROM u
ERROR 42703: column "a" does not exist
db> SELECT * FROM t
ERROR 42P01: relation "t" does not exist
