-- A name is looked up from the inside outwards; the famous typo that selects all.

db> CREATE TABLE a (x int)
CREATE TABLE
db> CREATE TABLE b (y int)
CREATE TABLE
db> INSERT INTO a VALUES (1), (2)
INSERT 0 2
db> INSERT INTO b VALUES (9)
INSERT 0 1
db> SELECT x FROM a WHERE x IN (SELECT x FROM b)
x int4
1
2
SELECT 2
db> SELECT x FROM a WHERE x IN (SELECT b.x FROM b)
ERROR 42703: column b.x does not exist
HINT: Perhaps you meant to reference the column "a.x".
