-- System columns: where a version stands (ctid), who made and ended it (xmin, xmax), and its table.

db> CREATE TABLE pets (id int PRIMARY KEY, kind text, age int)
CREATE TABLE
db> INSERT INTO pets VALUES (1, 'cat', 3), (2, 'dog', 4), (3, 'cat', 3), (4, 'cat', 9) RETURNING ctid, id, xmax = 0 AS fresh, tableoid::regclass
ctid tid | id int4 | fresh bool | tableoid regclass
'(0,1)'  | 1       | t          | pets
'(0,2)'  | 2       | t          | pets
'(0,3)'  | 3       | t          | pets
'(0,4)'  | 4       | t          | pets
INSERT 0 4
db> SELECT ctid, * FROM pets
ctid tid | id int4 | kind text | age int4
'(0,1)'  | 1       | cat       | 3
'(0,2)'  | 2       | dog       | 4
'(0,3)'  | 3       | cat       | 3
'(0,4)'  | 4       | cat       | 9
SELECT 4
db> SELECT * FROM pets WHERE ctid = '(0,2)'
id int4 | kind text | age int4
2       | dog       | 4
SELECT 1
db> SELECT p.ctid, pets.id, "p"."ctid" > '(0,1)' FROM pets p JOIN pets ON p.id = pets.id ORDER BY p.ctid DESC
ctid tid | id int4 | ?column? bool
'(0,4)'  | 4       | t
'(0,3)'  | 3       | t
'(0,2)'  | 2       | t
'(0,1)'  | 1       | f
SELECT 4
db> SELECT min(ctid), max(ctid), count(ctid) FROM pets
min tid | max tid | count int8
'(0,1)' | '(0,4)' | 4
SELECT 1
db> SELECT tableoid::regclass, tableoid = 'pets'::regclass AS same, xmin <> 0 AS made, xmax, pg_typeof(xmin), pg_typeof(ctid) FROM pets WHERE id = 1
tableoid regclass | same bool | made bool | xmax xid | pg_typeof regtype | pg_typeof regtype
pets              | t         | t         | 0        | xid               | tid
SELECT 1
db> SELECT id, ctid::text FROM pets WHERE ctid IN ('(0,1)', '(0,4)') OR ctid = ANY (ARRAY(SELECT ctid FROM pets WHERE id = 3)) ORDER BY id
id int4 | ctid text
1       | '(0,1)'
3       | '(0,3)'
4       | '(0,4)'
SELECT 3

-- An update makes a new version, behind the others.
db> UPDATE pets SET age = age + 1 WHERE ctid = '(0,1)' RETURNING ctid, id, age, xmax
ctid tid | id int4 | age int4 | xmax xid
'(0,5)'  | 1       | 4        | 0
UPDATE 1
db> SELECT ctid, id FROM pets
ctid tid | id int4
'(0,2)'  | 2
'(0,3)'  | 3
'(0,4)'  | 4
'(0,5)'  | 1
SELECT 4
db> DELETE FROM pets WHERE id = 4 RETURNING ctid, xmax <> 0 AS ended
ctid tid | ended bool
'(0,4)'  | t
DELETE 1
db> INSERT INTO pets VALUES (5, 'cat', 3) RETURNING ctid
ctid tid
'(0,6)'
INSERT 0 1
db> BEGIN
BEGIN
db> UPDATE pets SET age = 0 WHERE id = 2
UPDATE 1
db> ROLLBACK
ROLLBACK
db> SELECT id, ctid, xmax <> 0 AS touched FROM pets ORDER BY id
id int4 | ctid tid | touched bool
1       | '(0,5)'  | f
2       | '(0,2)'  | t
3       | '(0,3)'  | f
5       | '(0,6)'  | f
SELECT 4

-- Duplicates go by their place.
db> CREATE TABLE logs (k int, note text)
CREATE TABLE
db> INSERT INTO logs VALUES (1, 'a'), (1, 'b'), (2, 'c'), (2, 'd'), (2, 'e'), (3, 'f')
INSERT 0 6
db> DELETE FROM logs a USING logs b WHERE a.ctid < b.ctid AND a.k = b.k RETURNING a.ctid, a.note, b.ctid
ctid tid | note text | ctid tid
'(0,1)'  | a         | '(0,2)'
'(0,3)'  | c         | '(0,4)'
'(0,4)'  | d         | '(0,5)'
DELETE 3
db> SELECT ctid, k, note FROM logs
ctid tid | k int4 | note text
'(0,2)'  | 1      | b
'(0,5)'  | 2      | e
'(0,6)'  | 3      | f
SELECT 3
db> DELETE FROM logs WHERE ctid NOT IN (SELECT min(ctid) FROM logs GROUP BY k)
DELETE 0
db> DELETE FROM logs WHERE ctid IN (SELECT ctid FROM logs ORDER BY k LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING k
k int4
1
DELETE 1
db> UPDATE logs SET note = 'last' WHERE ctid = (SELECT max(ctid) FROM logs) RETURNING ctid, *
ctid tid | k int4 | note text
'(0,7)'  | 3      | last
UPDATE 1
db> WITH numbered AS (SELECT ctid, row_number() OVER (ORDER BY k DESC) AS n FROM logs) UPDATE logs SET note = n::text FROM numbered WHERE logs.ctid = numbered.ctid
UPDATE 2
db> SELECT k, note FROM logs ORDER BY k
k int4 | note text
2      | 2
3      | 1
SELECT 2

-- A fresh row and an updated one.
db> INSERT INTO pets VALUES (1, 'cow', 1), (9, 'cow', 1) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind RETURNING id, (xmax = 0) AS inserted, xmax <> 0 AS updated, kind
id int4 | inserted bool | updated bool | kind text
1       | f             | t            | cow
9       | t             | f            | cow
INSERT 0 2
db> SELECT id, xmax <> 0 AS locked FROM pets WHERE kind = 'cow' ORDER BY id
id int4 | locked bool
1       | t
9       | f
SELECT 2
db> INSERT INTO pets AS p VALUES (1, 'hen', 1) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind WHERE p.xmin <> 1 AND p.ctid > '(0,1)' RETURNING p.xmax::text <> '0' AS updated, p.*
updated bool | id int4 | kind text | age int4
t            | 1       | hen       | 4
INSERT 0 1

-- Two sessions, one version.
db> CREATE TABLE versions AS SELECT id, 0 AS n FROM generate_series(1, 3) AS id
SELECT 3
a> BEGIN
BEGIN
a> UPDATE versions SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE versions SET n = 2 FROM (SELECT xmin AS seen FROM versions WHERE id = 1) old WHERE id = 1 AND xmin = seen
waits
a> COMMIT
COMMIT
b: UPDATE 0
db> SELECT id, n, ctid FROM versions ORDER BY id
id int4 | n int4 | ctid tid
1       | 1      | '(0,4)'
2       | 0      | '(0,2)'
3       | 0      | '(0,3)'
SELECT 3
a> BEGIN
BEGIN
a> SELECT ctid FROM versions WHERE id = 2 FOR UPDATE
ctid tid
'(0,2)'
SELECT 1
b> DELETE FROM versions WHERE ctid IN (SELECT ctid FROM versions ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED) RETURNING id
id int4
3
1
DELETE 2
a> COMMIT
COMMIT
a> BEGIN
BEGIN
a> UPDATE versions SET n = 7 WHERE id = 2
UPDATE 1
b> UPDATE versions SET n = n + 1 WHERE ctid = '(0,2)' RETURNING ctid, n
waits
a> COMMIT
COMMIT
b: ctid tid | n int4
b: UPDATE 0
db> SELECT count(*) FROM (SELECT DISTINCT xmin IS NULL, tableoid FROM versions) d
count int8
1
SELECT 1
db> SELECT xmin IS NOT NULL FROM versions GROUP BY xmin LIMIT 1
?column? bool
t
SELECT 1
db> SELECT id FROM versions ORDER BY xmin
ERROR 42883: could not identify an ordering operator for type xid
HINT: Use an explicit ordering operator or modify the query.
db> SELECT xmin = $1 AS as_text FROM versions LIMIT 1
with '1'
as_text bool
f
SELECT 1

-- In other places of a statement.
db> SELECT id, (SELECT v.ctid FROM versions v WHERE v.id = p.id) AS there, row_to_json((SELECT r FROM (SELECT p.ctid) r)) FROM pets p ORDER BY id LIMIT 2
id int4 | there tid | row_to_json json
1       | NULL      | {"ctid":"(0,10)"}
2       | '(0,5)'   | {"ctid":"(0,2)"}
SELECT 2
db> SELECT p.id, v.id, v.ctid, v.tableoid::regclass FROM pets p LEFT JOIN versions v ON v.id = p.id ORDER BY p.id
id int4 | id int4 | ctid tid | tableoid regclass
1       | NULL    | NULL     | NULL
2       | 2       | '(0,5)'  | versions
3       | NULL    | NULL     | NULL
5       | NULL    | NULL     | NULL
9       | NULL    | NULL     | NULL
SELECT 5
db> SELECT v.ctid, p.ctid FROM versions v JOIN pets p ON p.ctid = v.ctid ORDER BY 1
ctid tid | ctid tid
SELECT 0
db> SELECT array_agg(ctid ORDER BY ctid) FROM pets
array_agg tid[]
{"(0,2)","(0,3)","(0,6)","(0,9)","(0,10)"}
SELECT 1
db> CREATE TABLE places AS SELECT ctid AS place, id FROM pets WHERE id < 4
SELECT 3
db> SELECT place, id FROM places ORDER BY place
place tid | id int4
'(0,2)'   | 2
'(0,3)'   | 3
'(0,10)'  | 1
SELECT 3
db> PREPARE by_place (tid) AS SELECT id FROM pets WHERE ctid = $1
PREPARE
db> EXECUTE by_place ('(0,2)')
id int4
2
SELECT 1
db> SELECT id FROM pets WHERE ctid = $1
with '(0,3)'
id int4
3
SELECT 1
db> BEGIN
BEGIN
db> DECLARE c CURSOR FOR SELECT ctid, id FROM pets ORDER BY id
DECLARE CURSOR
db> FETCH 1 FROM c
ctid tid | id int4
'(0,10)' | 1
FETCH 1
db> UPDATE pets SET age = 50 WHERE CURRENT OF c RETURNING ctid, id
ctid tid | id int4
'(0,11)' | 1
UPDATE 1
db> COMMIT
COMMIT
db> INSERT INTO logs SELECT id, ctid::text FROM pets WHERE id = 3 RETURNING ctid, note
ctid tid | note text
'(0,10)' | '(0,3)'
INSERT 0 1
db> UPDATE pets SET age = age FROM versions v WHERE v.id = pets.id RETURNING pets.ctid, v.ctid, pets.xmin = v.xmin AS same
ctid tid | ctid tid | same bool
'(0,12)' | '(0,5)'  | f
UPDATE 1
db> BEGIN
BEGIN
db> UPDATE logs SET note = 'mine' WHERE k = 2
UPDATE 1
db> SELECT k, xmin::text = txid_current_if_assigned()::text AS mine FROM logs ORDER BY k
k int4 | mine bool
2      | t
3      | f
3      | f
SELECT 3
db> COMMIT
COMMIT
db> CREATE INDEX ON pets (ctid)
ERROR 0A000: index creation on system columns is not supported
db> SELECT kind, ctid, lag(ctid) OVER (ORDER BY ctid) FROM pets UNION ALL SELECT 'end', NULL, NULL
kind text | ctid tid | lag tid
cat       | '(0,3)'  | NULL
cat       | '(0,6)'  | '(0,3)'
cow       | '(0,9)'  | '(0,6)'
hen       | '(0,11)' | '(0,9)'
dog       | '(0,12)' | '(0,11)'
end       | NULL     | NULL
SELECT 6
db> MERGE INTO logs USING pets ON k = id WHEN MATCHED THEN UPDATE SET note = 'm'
MERGE 3
db> SELECT p FROM pets p WHERE p.ctid = '(0,3)'
p pets
'(3,cat,3)'
SELECT 1
db> TRUNCATE logs
TRUNCATE TABLE
db> INSERT INTO logs VALUES (1) RETURNING ctid
ctid tid
'(0,1)'
INSERT 0 1
db> CREATE TABLE narrow (b bool, i int, n bigint)
CREATE TABLE
db> INSERT INTO narrow SELECT true, g, g FROM generate_series(1, 400) g
INSERT 0 400
db> SELECT i, ctid FROM narrow WHERE ctid::text LIKE '%,1)' OR i = 400
i int4 | ctid tid
1      | '(0,1)'
186    | '(1,1)'
371    | '(2,1)'
400    | '(2,30)'
SELECT 4
db> SELECT id, ctid FROM pets WHERE ctid = '(4294967295,65535)'
id int4 | ctid tid
SELECT 0

-- What there is not.
db> SELECT x.ctid FROM (SELECT id FROM pets) x
ERROR 42703: column x.ctid does not exist
HINT: Perhaps you meant to reference the column "x.id".
db> SELECT ctid FROM pets JOIN versions USING (id)
ERROR 42703: column "ctid" does not exist
HINT: There is a column named "ctid" in table "pets", but it cannot be referenced from this part of the query.
db> INSERT INTO pets VALUES (1, 'cow', 1) ON CONFLICT (id) DO UPDATE SET kind = 'new' WHERE pets.xmax = 0 RETURNING xmax = 0
?column? bool
INSERT 0 0
db> INSERT INTO pets VALUES (2, 'cow', 1) ON CONFLICT (id) DO UPDATE SET age = excluded.xmax
ERROR 42703: column excluded.xmax does not exist
db> SELECT id, ctid FROM pets GROUP BY id ORDER BY id LIMIT 1
id int4 | ctid tid
1       | '(0,11)'
SELECT 1
db> SELECT ctid FROM pets, logs
ERROR 42702: column reference "ctid" is ambiguous
db> SELECT xmin > 5 FROM pets
ERROR 42883: operator does not exist: xid > integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT xmin = 5::bigint FROM pets
ERROR 42883: operator does not exist: xid = bigint
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 0 = xmax FROM pets
ERROR 42883: operator does not exist: integer = xid
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT xmin::int FROM pets
ERROR 42846: cannot cast type xid to integer
db> SELECT ctid = '(0,x)' FROM pets
ERROR 22P02: invalid input syntax for type tid: "(0,x)"
db> SELECT ctid FROM pets GROUP BY kind
ERROR 42803: column "pets.ctid" must appear in the GROUP BY clause or be used in an aggregate function
db> INSERT INTO pets (ctid) VALUES ('(0,1)')
ERROR 42703: column "ctid" of relation "pets" does not exist
db> UPDATE pets SET xmin = 1
ERROR 0A000: cannot assign to system column "xmin"
db> UPDATE pets SET ctid = '(0,1)' WHERE id = 1
ERROR 0A000: cannot assign to system column "ctid"
db> CREATE TABLE own (ctid int)
ERROR 42701: column name "ctid" conflicts with a system column name
