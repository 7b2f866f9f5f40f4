-- A relation that exists but is not in sight is named in the hint.

db> CREATE TABLE a (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE TABLE b (id int PRIMARY KEY, a_id int, m int)
CREATE TABLE
db> CREATE TABLE c (id int PRIMARY KEY, b_id int)
CREATE TABLE
db> SELECT * FROM a, b JOIN c ON c.b_id = a.id
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: There is an entry for table "a", but it cannot be referenced from this part of the query.
db> SELECT * FROM a x, b JOIN c ON c.b_id = x.id
ERROR 42P01: invalid reference to FROM-clause entry for table "x"
HINT: There is an entry for table "x", but it cannot be referenced from this part of the query.
db> SELECT * FROM a x, b JOIN c ON c.b_id = a.id
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: There is an entry for table "x", but it cannot be referenced from this part of the query.
db> SELECT * FROM a x, b JOIN c ON c.b_id = n
ERROR 42703: column "n" does not exist
HINT: There is a column named "n" in table "x", but it cannot be referenced from this part of the query.
db> SELECT * FROM a JOIN b ON b.a_id = c.id JOIN c ON c.b_id = b.id
ERROR 42P01: missing FROM-clause entry for table "c"
db> SELECT * FROM a, (SELECT * FROM b WHERE b.a_id = a.id) s
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: There is an entry for table "a", but it cannot be referenced from this part of the query.
db> SELECT * FROM a, (SELECT n + 1 FROM b) s
ERROR 42703: column "n" does not exist
HINT: There is a column named "n" in table "a", but it cannot be referenced from this part of the query.
db> SELECT * FROM a, generate_series(1, n) g
id int4 | n int4 | g int4
SELECT 0
db> SELECT a.id FROM a AS x
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: Perhaps you meant to reference the table alias "x".
db> SELECT a.* FROM a AS x
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: Perhaps you meant to reference the table alias "x".
db> SELECT d.* FROM a AS x
ERROR 42P01: missing FROM-clause entry for table "d"
db> SELECT x.id FROM a WHERE EXISTS (SELECT FROM b x WHERE x.a_id = a.id)
ERROR 42P01: missing FROM-clause entry for table "x"
db> SELECT n FROM b WHERE EXISTS (SELECT FROM a WHERE a.id = b.a_id)
ERROR 42703: column "n" does not exist
db> UPDATE a SET n = b.m
ERROR 42P01: missing FROM-clause entry for table "b"
db> UPDATE a AS x SET n = a.n + 1
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: Perhaps you meant to reference the table alias "x".
db> DELETE FROM a WHERE b.a_id = a.id
ERROR 42P01: missing FROM-clause entry for table "b"
db> DELETE FROM a x WHERE a.id = 1
ERROR 42P01: invalid reference to FROM-clause entry for table "a"
HINT: Perhaps you meant to reference the table alias "x".
db> INSERT INTO a VALUES (1, b.m)
ERROR 42P01: missing FROM-clause entry for table "b"
db> SELECT count(*) FROM a WHERE a.id = nope.id
ERROR 42P01: missing FROM-clause entry for table "nope"
