-- SET NULL on a NOT NULL column fails.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (id int, p int NOT NULL REFERENCES p ON DELETE SET NULL)
CREATE TABLE
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> INSERT INTO c VALUES (1, 1)
INSERT 0 1
db> DELETE FROM p
ERROR 23502: null value in column "p" of relation "c" violates not-null constraint
DETAIL: Failing row contains (1, null).
