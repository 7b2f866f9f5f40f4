-- A column gets another type while checks and indexes read it; what goes with a schema; rows beside subqueries.

db> CREATE TABLE person (id int PRIMARY KEY, mail text CONSTRAINT has_at CHECK (mail LIKE '%@%'), age int CHECK (age >= 0))
CREATE TABLE
db> CREATE UNIQUE INDEX mail_lower ON person (lower(mail))
CREATE INDEX
db> CREATE UNIQUE INDEX age_next ON person ((age + 1)) WHERE age > 10
CREATE INDEX
db> INSERT INTO person VALUES (1, 'a@x', 5), (2, 'B@x', 11)
INSERT 0 2
db> INSERT INTO person VALUES (3, 'A@X', 6)
ERROR 23505: duplicate key value violates unique constraint "mail_lower"
DETAIL: Key (lower(mail))=(a@x) already exists.
CONSTRAINT: mail_lower
db> INSERT INTO person VALUES (3, 'c@x', 11)
ERROR 23505: duplicate key value violates unique constraint "age_next"
DETAIL: Key ((age + 1))=(12) already exists.
CONSTRAINT: age_next
db> ALTER TABLE person ALTER age TYPE text
ERROR 42883: operator does not exist: text > integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> ALTER TABLE person ALTER age TYPE numeric(6,1)
ALTER TABLE
db> INSERT INTO person VALUES (3, 'c@x', -0.5)
ERROR 23514: new row for relation "person" violates check constraint "person_age_check"
DETAIL: Failing row contains (3, c@x, -0.5).
CONSTRAINT: person_age_check
db> INSERT INTO person VALUES (3, 'c@x', 11.0)
ERROR 23505: duplicate key value violates unique constraint "age_next"
DETAIL: Key ((age + 1::numeric))=(12.0) already exists.
CONSTRAINT: age_next
db> ALTER TABLE person ALTER mail TYPE int USING length(mail)
ERROR 42883: function lower(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> ALTER TABLE person ALTER mail TYPE varchar(2)
ERROR 22001: value too long for type character varying(2)
db> ALTER TABLE person ALTER mail TYPE varchar(20)
ALTER TABLE
db> SELECT indexdef FROM pg_indexes WHERE tablename = 'person' ORDER BY 1
indexdef text
CREATE UNIQUE INDEX age_next ON public.person USING btree (((age + (1)::numeric))) WHERE (age > (10)::numeric)
CREATE UNIQUE INDEX mail_lower ON public.person USING btree (lower((mail)::text))
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
SELECT 3
db> SELECT id FROM person WHERE (id, age) = (SELECT 2, 11)
id int4
2
SELECT 1
db> SELECT id FROM person WHERE (id, age) <> (SELECT 2, 5) ORDER BY id
id int4
1
2
SELECT 2
db> SELECT id FROM person WHERE (id, age) = (SELECT 2)
ERROR 42601: subquery has too few columns
db> SELECT id FROM person JOIN (SELECT 'x' AS id) AS other USING (id)
ERROR 42804: JOIN/USING types integer and text cannot be matched
db> SELECT 1 AS a UNION SELECT 2 ORDER BY a + 1
ERROR 0A000: invalid UNION/INTERSECT/EXCEPT ORDER BY clause
DETAIL: Only result column names can be used, not expressions or functions.
HINT: Add the expression/function to every SELECT, or move the UNION into a FROM clause.
db> SELECT 1 AS a UNION SELECT 2 ORDER BY nowhere
ERROR 42703: column "nowhere" does not exist
db> CREATE SCHEMA app
CREATE SCHEMA
db> CREATE TYPE app.mood AS ENUM ('glad')
CREATE TYPE
db> CREATE DOMAIN app.small AS int CHECK (VALUE < 10)
CREATE DOMAIN
db> CREATE TABLE felt (m app.mood, n app.small, o app.small)
CREATE TABLE
db> DROP SCHEMA app
ERROR 2BP01: cannot drop schema app because other objects depend on it
DETAIL: type app.mood depends on schema app\ncolumn m of table felt depends on type app.mood\ntype app.small depends on schema app\ncolumn o of table felt depends on type app.small\ncolumn n of table felt depends on type app.small
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP DOMAIN app.small
ERROR 2BP01: cannot drop type app.small because other objects depend on it
DETAIL: column o of table felt depends on type app.small\ncolumn n of table felt depends on type app.small
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP SCHEMA app CASCADE
NOTICE 00000: drop cascades to 5 other objects
DETAIL: drop cascades to type app.mood\ndrop cascades to column m of table felt\ndrop cascades to type app.small\ndrop cascades to column o of table felt\ndrop cascades to column n of table felt
DROP SCHEMA
db> SELECT count(*) FROM felt
count int8
0
SELECT 1
