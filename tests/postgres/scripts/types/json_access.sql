-- -> and ->> and paths.

db> SELECT j -> 'a', j ->> 'a', j -> 'b' -> 0, j #> '{b,1}', j #>> '{b,1}', j -> 'nowhere', j -> 'b' -> -1, j -> 'b' ->> 5
    FROM (SELECT '{"a": "x", "b": [10, 20]}'::jsonb AS j) s
?column? jsonb | ?column? text | ?column? jsonb | ?column? jsonb | ?column? text | ?column? jsonb | ?column? jsonb | ?column? text
"x"            | x             | 10             | 20             | 20            | NULL           | 20             | NULL
SELECT 1
db> SELECT j -> 'a', j ->> 'a', j -> 0 FROM (SELECT '{"a": "x", "b": [10, 20]}'::json AS j) s
?column? json | ?column? text | ?column? json
"x"           | x             | NULL
SELECT 1
db> SELECT '{"a": null}'::jsonb ->> 'a', '{"a": null}'::jsonb -> 'a', '[1]'::jsonb -> 'a', ('{"a": {"b": 1}}'::jsonb)['a']['b']
?column? text | ?column? jsonb | ?column? jsonb | jsonb jsonb
NULL          | null           | NULL           | 1
SELECT 1
db> SELECT ('{"n": "5"}'::jsonb ->> 'n')::int + 1
?column? int4
6
SELECT 1
db> SELECT '{"n": 5}'::jsonb -> 'n' + 1
ERROR 22P02: invalid input syntax for type integer: "n"
db> SELECT 1 -> 'a'
ERROR 42883: operator does not exist: integer -> unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
