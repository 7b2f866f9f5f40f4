-- NOT IN with a NULL finds nothing.

db> CREATE TABLE p (id int)
CREATE TABLE
db> CREATE TABLE c (p int)
CREATE TABLE
db> INSERT INTO p VALUES (1), (2)
INSERT 0 2
db> INSERT INTO c VALUES (1), (NULL)
INSERT 0 2
db> SELECT id FROM p WHERE id IN (SELECT p FROM c)
id int4
1
SELECT 1
db> SELECT id FROM p WHERE id NOT IN (SELECT p FROM c)
id int4
SELECT 0
db> SELECT id FROM p WHERE id NOT IN (SELECT p FROM c WHERE p IS NOT NULL)
id int4
2
SELECT 1
db> SELECT id FROM p WHERE id IN (SELECT p, p FROM c)
ERROR 42601: subquery has too many columns
db> SELECT id FROM p WHERE (id, id) IN (SELECT p, p FROM c)
id int4
1
SELECT 1
db> SELECT 1 IN (SELECT 'x')
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
