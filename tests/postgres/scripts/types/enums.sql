-- Enum types: how their values compare, sort, convert and fail.

a> CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')
CREATE TYPE
a> CREATE TYPE mood AS ENUM ('sad')
ERROR 42710: type "mood" already exists
a> CREATE TYPE empty AS ENUM ()
CREATE TYPE
a> CREATE TABLE person (id int PRIMARY KEY, name text, current_mood mood NOT NULL DEFAULT 'ok', past mood[])
CREATE TABLE
a> INSERT INTO person VALUES (1, 'Ann', 'happy', '{sad,ok}'), (2, 'Bob', 'sad', NULL), (3, 'Cid', DEFAULT, ARRAY['happy'::mood])
INSERT 0 3
a> SELECT * FROM person ORDER BY current_mood
id int4 | name text | current_mood mood | past mood[]
2       | Bob       | sad               | NULL
3       | Cid       | ok                | {happy}
1       | Ann       | happy             | {sad,ok}
SELECT 3
a> SELECT * FROM person ORDER BY current_mood DESC, id
id int4 | name text | current_mood mood | past mood[]
1       | Ann       | happy             | {sad,ok}
3       | Cid       | ok                | {happy}
2       | Bob       | sad               | NULL
SELECT 3
a> SELECT name FROM person WHERE current_mood > 'sad' ORDER BY id
name text
Ann
Cid
SELECT 2
a> SELECT name FROM person WHERE current_mood = 'happy'
name text
Ann
SELECT 1
a> SELECT name FROM person WHERE current_mood IN ('happy', 'sad') ORDER BY 1
name text
Ann
Bob
SELECT 2
a> SELECT name FROM person WHERE current_mood = ANY ('{ok,sad}') ORDER BY 1
name text
Bob
Cid
SELECT 2
a> SELECT name FROM person WHERE current_mood = ANY (ARRAY['ok', 'sad']::mood[]) ORDER BY 1
name text
Bob
Cid
SELECT 2
a> SELECT name FROM person WHERE current_mood = ANY (ARRAY['ok', 'sad'])
ERROR 42883: operator does not exist: mood = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT name FROM person WHERE current_mood = 'angry'
ERROR 22P02: invalid input value for enum mood: "angry"
a> SELECT name FROM person WHERE current_mood = 'happy'::text
ERROR 42883: operator does not exist: mood = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT name FROM person WHERE current_mood::text = 'happy'
name text
Ann
SELECT 1
a> SELECT name FROM person WHERE current_mood BETWEEN 'ok' AND 'happy' ORDER BY 1
name text
Ann
Cid
SELECT 2
a> SELECT min(current_mood), max(current_mood), count(DISTINCT current_mood) FROM person
min mood | max mood | count int8
sad      | happy    | 3
SELECT 1
a> SELECT current_mood, count(*) FROM person GROUP BY current_mood ORDER BY current_mood
current_mood mood | count int8
sad               | 1
ok                | 1
happy             | 1
SELECT 3
a> SELECT array_agg(current_mood ORDER BY current_mood) FROM person
array_agg mood[]
{sad,ok,happy}
SELECT 1
a> SELECT string_agg(current_mood::text, ',' ORDER BY current_mood) FROM person
string_agg text
sad,ok,happy
SELECT 1
a> SELECT string_agg(current_mood, ',') FROM person
ERROR 42883: function string_agg(mood, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
a> INSERT INTO person VALUES (4, 'Dan', 'angry', NULL)
ERROR 22P02: invalid input value for enum mood: "angry"
a> INSERT INTO person VALUES (4, 'Dan', 'happy'::text, NULL)
ERROR 42804: column "current_mood" is of type mood but expression is of type text
HINT: You will need to rewrite or cast the expression.
a> INSERT INTO person VALUES (4, 'Dan', NULL, NULL)
ERROR 23502: null value in column "current_mood" of relation "person" violates not-null constraint
DETAIL: Failing row contains (4, Dan, null, null).
a> INSERT INTO person (id, name, current_mood) VALUES ($1, $2, $3)
with 5, 'Eve', 'happy'
INSERT 0 1
a> INSERT INTO person (id, name, current_mood) VALUES ($1, $2, $3)
with 6, 'Eve', 'cross'
ERROR 22P02: invalid input value for enum mood: "cross"
a> SELECT name FROM person WHERE current_mood = $1 ORDER BY id
with 'happy'
name text
Ann
Eve
SELECT 2
a> UPDATE person SET current_mood = 'sad', past = past || 'ok' WHERE id = 5 RETURNING *
ERROR 22P02: malformed array literal: "ok"
DETAIL: Array value must start with "{" or dimension information.
a> UPDATE person SET current_mood = CASE WHEN id = 1 THEN 'ok' ELSE 'sad' END WHERE id < 3
ERROR 42804: column "current_mood" is of type mood but expression is of type text
HINT: You will need to rewrite or cast the expression.
a> UPDATE person SET current_mood = (CASE WHEN id = 1 THEN 'ok' ELSE 'sad' END)::mood WHERE id < 3 RETURNING id, current_mood
id int4 | current_mood mood
1       | ok
2       | sad
UPDATE 2
a> SELECT past[1], past @> '{ok}', 'sad' = ANY (past) FROM person WHERE id = 1
past mood | ?column? bool | ?column? bool
sad       | t             | t
SELECT 1
a> SELECT pg_typeof(current_mood), pg_typeof(past), current_mood || '!' FROM person WHERE id = 1
pg_typeof regtype | pg_typeof regtype | ?column? text
mood              | mood[]            | ok!
SELECT 1
a> SELECT 'ok'::mood < 'happy'::mood, 'ok'::mood = 'ok', 'ok' < 'happy'::mood, 'ok'::mood IS NULL
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | f
SELECT 1
a> SELECT enum_first(NULL::mood), enum_last(NULL::mood), enum_range(NULL::mood)
enum_first mood | enum_last mood | enum_range mood[]
sad             | happy          | {sad,ok,happy}
SELECT 1
a> SELECT enum_range('ok'::mood, 'happy'), enum_range(NULL, 'ok'::mood), enum_range('ok'::mood, NULL)
enum_range mood[] | enum_range mood[] | enum_range mood[]
{ok,happy}        | {sad,ok}          | {ok,happy}
SELECT 1
a> SELECT enum_first(1)
ERROR 42883: function enum_first(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
a> SELECT unnest(enum_range(NULL::mood))
unnest mood
sad
ok
happy
SELECT 3
a> SELECT m, length(m::text) FROM unnest(enum_range(NULL::mood)) AS m
m mood | length int4
sad    | 3
ok     | 2
happy  | 5
SELECT 3
a> SELECT 'ok'::mood + 1
ERROR 42883: operator does not exist: mood + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT 'ok'::mood::int
ERROR 42846: cannot cast type mood to integer
a> SELECT 1::mood
ERROR 42846: cannot cast type integer to mood
a> SELECT upper('ok'::mood)
ERROR 42883: function upper(mood) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
a> SELECT upper('ok'::mood::text), 'ok'::mood::varchar(1), 'ok'::varchar::mood
upper text | varchar varchar | mood mood
OK         | o               | ok
SELECT 1
a> SELECT coalesce(NULL, 'ok'::mood), greatest('ok'::mood, 'sad', 'happy'), nullif('ok'::mood, 'ok')
coalesce mood | greatest mood | nullif mood
ok            | happy         | NULL
SELECT 1
a> SELECT CASE WHEN true THEN 'ok'::mood ELSE 'sad' END
case mood
ok
SELECT 1
a> SELECT CASE WHEN true THEN 'ok'::mood ELSE 'sad'::text END
ERROR 42804: CASE types text and mood cannot be matched
a> SELECT 'ok'::mood UNION SELECT 'sad' ORDER BY 1
mood mood
sad
ok
SELECT 2
a> SELECT to_jsonb(current_mood), jsonb_build_object('m', current_mood), row_to_json(p) FROM person p WHERE id = 1
to_jsonb jsonb | jsonb_build_object jsonb | row_to_json json
"ok"           | {"m": "ok"}              | {"id":1,"name":"Ann","current_mood":"ok","past":["sad","ok"]}
SELECT 1
a> SELECT json_agg(current_mood ORDER BY id) FROM person
json_agg json
["ok", "sad", "ok", "happy"]
SELECT 1
a> SELECT (ARRAY['ok', 'sad']::mood[])[2], ARRAY['ok'::mood, 'sad'], '{ok,"sad",NULL}'::mood[]
array mood | array mood[] | mood mood[]
sad        | {ok,sad}     | {ok,sad,NULL}
SELECT 1
a> SELECT '{ok,bad}'::mood[]
ERROR 22P02: invalid input value for enum mood: "bad"
a> SELECT ''::mood
ERROR 22P02: invalid input value for enum mood: ""
a> SELECT 'OK'::mood
ERROR 22P02: invalid input value for enum mood: "OK"
a> SELECT ' ok'::mood
ERROR 22P02: invalid input value for enum mood: " ok"
a> CREATE INDEX ON person (current_mood)
CREATE INDEX
a> SELECT id FROM person WHERE current_mood >= 'ok' ORDER BY id
id int4
1
3
5
SELECT 3
a> ALTER TABLE person ADD COLUMN next mood DEFAULT 'happy'
ALTER TABLE
a> SELECT id, next FROM person ORDER BY id
id int4 | next mood
1       | happy
2       | happy
3       | happy
5       | happy
SELECT 4
a> ALTER TABLE person ADD CHECK (current_mood <> 'happy' OR next = 'happy')
ALTER TABLE
a> UPDATE person SET current_mood = 'happy', next = 'ok' WHERE id = 1
ERROR 23514: new row for relation "person" violates check constraint "person_check"
DETAIL: Failing row contains (1, Ann, happy, {sad,ok}, ok).
CONSTRAINT: person_check
a> CREATE TYPE "Odd Name" AS ENUM ('A b', 'c''d', '')
CREATE TYPE
a> SELECT '"A b"'::"Odd Name"
ERROR 22P02: invalid input value for enum "Odd Name": ""A b""
a> SELECT 'A b'::"Odd Name", ARRAY['A b', 'c''d', '']::"Odd Name"[], pg_typeof('A b'::"Odd Name")
Odd Name Odd Name | array Odd Name[] | pg_typeof regtype
A b               | {"A b",c'd,""}   | "Odd Name"
SELECT 1
a> CREATE TABLE mood (a int)
ERROR 42710: type "mood" already exists
HINT: A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.
a> CREATE TABLE moods (m mood PRIMARY KEY)
CREATE TABLE
a> CREATE TABLE holder (m mood REFERENCES moods)
CREATE TABLE
a> INSERT INTO moods VALUES ('ok'), ('sad')
INSERT 0 2
a> INSERT INTO moods VALUES ('ok')
ERROR 23505: duplicate key value violates unique constraint "moods_pkey"
DETAIL: Key (m)=(ok) already exists.
CONSTRAINT: moods_pkey
a> INSERT INTO holder VALUES ('ok')
INSERT 0 1
a> INSERT INTO holder VALUES ('happy')
ERROR 23503: insert or update on table "holder" violates foreign key constraint "holder_m_fkey"
DETAIL: Key (m)=(happy) is not present in table "moods".
CONSTRAINT: holder_m_fkey
a> CREATE TYPE other AS ENUM ('ok', 'sad')
CREATE TYPE
a> SELECT 'ok'::mood = 'ok'::other
ERROR 42883: operator does not exist: mood = other
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT 'ok'::mood::other
ERROR 42846: cannot cast type mood to other
a> SELECT 'ok'::mood::text::other
other other
ok
SELECT 1
a> SELECT 'ok'::nope
ERROR 42704: type "nope" does not exist
a> CREATE TABLE bad (m nope)
ERROR 42704: type "nope" does not exist
a> SELECT NULL::mood, NULL::mood IS NULL
mood mood | ?column? bool
NULL      | t
SELECT 1
a> ALTER TABLE person ALTER COLUMN current_mood DROP DEFAULT
ALTER TABLE
a> SELECT current_mood FROM person ORDER BY id
current_mood mood
ok
sad
ok
happy
SELECT 4
