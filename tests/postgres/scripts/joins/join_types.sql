-- Join columns of different types; those that do not compare.

db> CREATE TABLE a (id int)
CREATE TABLE
db> CREATE TABLE b (id bigint)
CREATE TABLE
db> CREATE TABLE c (id text)
CREATE TABLE
db> INSERT INTO a VALUES (1)
INSERT 0 1
db> INSERT INTO b VALUES (1)
INSERT 0 1
db> INSERT INTO c VALUES ('1')
INSERT 0 1
db> SELECT * FROM a JOIN b USING (id)
id int8
1
SELECT 1
db> SELECT * FROM a JOIN c ON a.id = c.id
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT * FROM a JOIN c USING (id)
ERROR 42804: JOIN/USING types integer and text cannot be matched
db> SELECT * FROM a JOIN c ON a.id = c.id::int
id int4 | id text
1       | 1
SELECT 1
