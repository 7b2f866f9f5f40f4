-- JSON documents as rows of a composite type; functions of several columns in the list of SELECT.

db> CREATE TYPE part AS (a int, b text)
CREATE TYPE
db> CREATE TABLE t (id int, name varchar(3), at date, tags text[], p part, doc jsonb)
CREATE TABLE
db> SELECT * FROM jsonb_populate_record(NULL::t, '{"id": "7", "name": "abc", "at": "2024-01-02", "tags": ["x", null], "p": {"a": 1, "z": 2}, "doc": {"k": []}, "more": 1}')
id int4 | name varchar | at date    | tags text[] | p part | doc jsonb
7       | abc          | 2024-01-02 | {x,NULL}    | '(1,)' | {"k": []}
SELECT 1
db> SELECT * FROM json_populate_recordset(NULL::part, '[{"a": 1}, {"b": "y"}, {"a": null, "b": {"c": 1}}]')
a int4 | b text
1      | NULL
NULL   | y
NULL   | {"c": 1}
SELECT 3
db> SELECT jsonb_populate_record(ROW(1, 'kept')::part, '{"a": 2}') AS p, (json_populate_record(NULL::part, '{"b": "x"}')).b
p part     | b text
'(2,kept)' | x
SELECT 1
db> SELECT jsonb_populate_record(NULL::t, '{"name": "abcd"}')
ERROR 22001: value too long for type character varying(3)
db> SELECT jsonb_populate_record(NULL::t, '{"tags": 1}')
ERROR 22P02: expected JSON array
HINT: See the value of key "tags".
db> SELECT jsonb_populate_record(NULL::part, '[1]')
ERROR 22023: cannot call populate_composite on an array
db> SELECT * FROM jsonb_populate_recordset(NULL::part, '[1]')
ERROR 22023: argument of jsonb_populate_recordset must be an array of objects
db> SELECT jsonb_populate_record(NULL, '{}')
ERROR 42804: could not determine polymorphic type because input has type unknown
db> SELECT jsonb_each('{"a": 1, "b": "x"}') AS pair
pair record
'(a,1)'
'(b,"""x""")'
SELECT 2
db> SELECT (json_each_text('{"a": 1, "b": "x"}')).*
key text | value text
a        | 1
b        | x
SELECT 2
db> SELECT t FROM jsonb_array_elements_text('["x", "y"]') AS t
t text
x
y
SELECT 2
db> SELECT u FROM jsonb_each('{"a": 1}') AS u
u record
'(a,1)'
SELECT 1
db> CREATE TABLE docs (j json)
CREATE TABLE
db> SELECT j FROM docs GROUP BY j
ERROR 42883: could not identify an equality operator for type json
db> SELECT DISTINCT j FROM docs
ERROR 42883: could not identify an equality operator for type json
db> SELECT ARRAY[1, '2']::text[] AS a, ARRAY['abc', 'de']::varchar(2)[] AS v
a text[] | v varchar[]
{1,2}    | {ab,de}
SELECT 1
db> SELECT ARRAY[1]::date[]
ERROR 42846: cannot cast type integer to date
db> SELECT generate_subscripts('[3:4]={1,2}'::int[], 1) AS s
s int4
3
4
SELECT 2
db> SELECT ROW(1, 2) IS DISTINCT FROM ROW(1, NULL) AS d
d bool
t
SELECT 1
db> SELECT nowhere(*)
ERROR 42883: function nowhere() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
