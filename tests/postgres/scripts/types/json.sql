-- json keeps its text, jsonb its meaning.

db> SELECT '{"b": 1, "a": 2, "a": 3}'::json, '{"b": 1, "a": 2, "a": 3}'::jsonb, '{"aa":1,"b":2}'::jsonb
json json                | jsonb jsonb      | jsonb jsonb
{"b": 1, "a": 2, "a": 3} | {"a": 3, "b": 1} | {"b": 2, "aa": 1}
SELECT 1
db> SELECT '[1, 2.50, "x", true, null]'::jsonb, '"text"'::jsonb, ' 1 '::json, '1.0e2'::jsonb, '"\u00e4\n"'::jsonb
jsonb jsonb                | jsonb jsonb | json json | jsonb jsonb | jsonb jsonb
[1, 2.50, "x", true, null] | "text"      | ' 1 '     | 100         | "ä\n"
SELECT 1
db> SELECT '{"a": }'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected JSON value, but found "}".
db> SELECT ''::jsonb
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
db> SELECT '{a: 1}'::jsonb
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "a" is invalid.
db> SELECT '{"a":1}'::jsonb = '{"a": 1.0}'::jsonb, '[1,2]'::jsonb < '[1,3]'::jsonb
?column? bool | ?column? bool
t             | t
SELECT 1
db> SELECT '1'::json = '1'::json
ERROR 42883: operator does not exist: json = json
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT '{"a":1}'::jsonb::text, '5'::jsonb::int, '"x"'::jsonb::text
text text | int4 int4 | text text
{"a": 1}  | 5         | "x"
SELECT 1
db> SELECT '"x"'::jsonb::int
ERROR 22023: cannot cast jsonb string to type integer
