-- Enums order as declared and refuse anything else.

db> CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')
CREATE TYPE
db> CREATE TABLE t (m mood)
CREATE TABLE
db> INSERT INTO t VALUES ('happy'), ('sad'), ('ok')
INSERT 0 3
db> SELECT m FROM t ORDER BY m
m mood
sad
ok
happy
SELECT 3
db> SELECT m FROM t WHERE m > 'sad' ORDER BY m DESC
m mood
happy
ok
SELECT 2
db> INSERT INTO t VALUES ('angry')
ERROR 22P02: invalid input value for enum mood: "angry"
db> SELECT max(m)::text AS best FROM t
best text
happy
SELECT 1
db> SELECT 'ok'::mood = 'ok' AS same, 'ok'::mood::text || '!' AS shout
same bool | shout text
t         | ok!
SELECT 1
db> ALTER TYPE mood ADD VALUE 'great'
ALTER TYPE
db> SELECT enum_range(NULL::mood)::text
enum_range text
{sad,ok,happy,great}
SELECT 1
db> DROP TYPE mood
ERROR 2BP01: cannot drop type mood because other objects depend on it
DETAIL: column m of table t depends on type mood
HINT: Use DROP ... CASCADE to drop the dependent objects too.
