-- What json keeps of its text, what both types print, and their errors.

db> SELECT '{"a":1,}'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected string, but found "}".
db> SELECT '{"a":b}'::jsonb
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "b" is invalid.
db> SELECT '[1,2'::jsonb
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
db> SELECT ''::json
ERROR 22P02: invalid input syntax for type json
DETAIL: The input string ended unexpectedly.
db> SELECT '{"abc",1}'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected ":", but found ",".
db> SELECT '{"a":1:2}'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected "," or "}", but found ":".
db> SELECT '01'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "01" is invalid.
db> SELECT '1.'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "1." is invalid.
db> SELECT 'true false'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected end of input, but found "false".
db> SELECT '"a'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Token ""a" is invalid.
db> SELECT '"\q"'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Escape sequence "\q" is invalid.
db> SELECT '"\u00"'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: "\u" must be followed by four hexadecimal digits.
db> SELECT '"\ud800"'::jsonb
ERROR 22P02: invalid input syntax for type json
DETAIL: Unicode low surrogate must follow a high surrogate.
db> SELECT '"\u0000"'::jsonb
ERROR 22P05: unsupported Unicode escape sequence
DETAIL: \u0000 cannot be converted to text.
db> SELECT '{1:2}'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected string or "}", but found "1".
db> SELECT '[1 2]'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected "," or "]", but found "2".
db> SELECT '[1,]'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Expected JSON value, but found "]".
db> SELECT E'"a\tb"'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Character with value 0x09 must be escaped.
db> SELECT '@'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "@" is invalid.
db> SELECT '"\ud800"'::json, '"\u0000"'::json, '"\ud83d\ude04"'::jsonb, ' { "a" :  1, "a": 2 } '::json, '{"b": 1, "a": 2, "b": 3}'::jsonb, '1.50'::jsonb, '1e3'::jsonb, '-0'::jsonb, '1E-2'::json
json json | json json | jsonb jsonb | json json                | jsonb jsonb      | jsonb jsonb | jsonb jsonb | jsonb jsonb | json json
"\ud800"  | "\u0000"  | "😄"         | ' { "a" :  1, "a": 2 } ' | {"a": 2, "b": 3} | 1.50        | 1000        | 0           | 1E-2
SELECT 1
db> SELECT '{"a": "\ud800"}'::json -> 'a'
ERROR 22P02: invalid input syntax for type json
DETAIL: Unicode low surrogate must follow a high surrogate.
db> SELECT '{"a": "x\u0041"}'::json ->> 'a', '{"a": [1,  2]}'::json -> 'a', '{"a": null}'::json ->> 'a', '[1,2]'::json -> -1, '{"a":{"b":5}}'::json #>> '{a,b}', json_typeof('[]'), json_array_length('[1, 2]'), '"a"'::jsonb ->> 0, '{"a":1}'::jsonb -> 0
?column? text | ?column? json | ?column? text | ?column? json | ?column? text | json_typeof text | json_array_length int4 | ?column? text | ?column? jsonb
xA            | [1,  2]       | NULL          | 2             | 5             | array            | 2                      | a             | NULL
SELECT 1
db> SELECT json_object('{a,1,b,NULL}'), json_object('{{a,1},{b,2}}'), json_object('{a,b}', '{1,2}'), jsonb_object('{a,1,a,2}'), json_object('{}')
json_object json        | json_object json       | json_object json       | jsonb_object jsonb | json_object json
{"a" : "1", "b" : null} | {"a" : "1", "b" : "2"} | {"a" : "1", "b" : "2"} | {"a": "2"}         | {}
SELECT 1
db> SELECT json_object('{a}')
ERROR 2202E: array must have even number of elements
db> SELECT json_object('{a,b}', '{1}')
ERROR 2202E: mismatched array dimensions
db> SELECT jsonb_object('{{a},{b}}')
ERROR 2202E: array must have two columns
db> SELECT json_object('{NULL,1}')
ERROR 22004: null value not allowed for object key
db> SELECT json_build_object('a', 1, 'b', ARRAY[1, 2], 'c', '{"x":1}'::json, 'd', NULL, 2, true), json_build_array(1, 'a', NULL, ARRAY[[1, 2], [3, 4]]), jsonb_build_object('b', 1.50, 'a', '{"z": 1}'::jsonb), jsonb_build_array(), json_build_object()
json_build_object json                           | json_build_array json         | jsonb_build_object jsonb   | jsonb_build_array jsonb | json_build_object json
{"a" : 1, "b" : [1,2], "c" : {"x":1}, "d" : null, "2" : true} | [1, "a", null, [[1,2],[3,4]]] | {"a": {"z": 1}, "b": 1.50} | []                      | {}
SELECT 1
db> SELECT json_build_object('a')
ERROR 22023: argument list must have even number of elements
HINT: The arguments of json_build_object() must consist of alternating keys and values.
db> SELECT json_build_object(NULL, 1)
ERROR 22023: argument 1 cannot be null
HINT: Object keys should be text.
db> SELECT jsonb_build_object(NULL, 1)
ERROR 22023: argument 1: key must not be null
db> SELECT json_build_object(ARRAY[1], 1)
ERROR 22023: key value must be scalar, not array, composite, or json
db> SELECT json_build_array(VARIADIC ARRAY['a', 'b']), json_build_object(VARIADIC ARRAY['a', 'b']), concat(VARIADIC ARRAY[1, 2]), concat_ws(',', VARIADIC ARRAY['a', NULL, 'b']), format('%s-%s', VARIADIC ARRAY['x', 'y']), num_nulls(VARIADIC ARRAY[1, NULL])
json_build_array json | json_build_object json | concat text | concat_ws text | format text | num_nulls int4
["a", "b"]            | {"a" : "b"}            | 12          | a,b            | x-y         | 1
SELECT 1
db> SELECT to_json(ARRAY[[1, 2], [3, 4]]), to_jsonb(ARRAY[[1, 2], [3, 4]]), array_to_json(ARRAY[1, 2], true), row_to_json(ROW(1, 'a'), true), to_json('a"b'::text), to_json(1.50), to_json('2020-01-02 03:04:05'::timestamp), to_jsonb('{"a":  1}'::json), to_json('NaN'::float8), to_json(true)
to_json json  | to_jsonb jsonb   | array_to_json json | row_to_json json       | to_json json | to_json json | to_json json          | to_jsonb jsonb | to_json json | to_json json
[[1,2],[3,4]] | [[1, 2], [3, 4]] | '[1,\n 2]'         | '{"f1":1,\n "f2":"a"}' | "a\"b"       | 1.50         | "2020-01-02T03:04:05" | {"a": 1}       | "NaN"        | true
SELECT 1
db> SELECT json_object_agg(k, v), jsonb_object_agg(k, v) FROM (VALUES ('a', '{"x":1}'::json), ('b', '[1]'::json)) t (k, v)
json_object_agg json         | jsonb_object_agg jsonb
{ "a" : {"x":1}, "b" : [1] } | {"a": {"x": 1}, "b": [1]}
SELECT 1
db> SELECT '{"a": 1}'::jsonb < '{"a": 2}'::jsonb, '[]'::jsonb < '{}'::jsonb, 'null'::jsonb < '"a"'::jsonb, '1'::jsonb < 'true'::jsonb, '1'::jsonb = '1.0'::jsonb, '[1, 2]'::jsonb > '[3]'::jsonb, '"a"'::jsonb < '"b"'::jsonb
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t             | t             | t             | t
SELECT 1
db> SELECT v FROM (VALUES ('[]'::jsonb), ('{}'), ('null'), ('1'), ('"a"'), ('true'), ('[1]'), ('{"a": 1}'), ('"B"'), ('-1'), ('false')) t (v) ORDER BY v
v jsonb
[]
null
"B"
"a"
-1
1
false
true
[1]
{}
{"a": 1}
SELECT 11
db> SELECT '[1, [2, 3]]'::jsonb @> '[2]', '[1, [2, 3]]'::jsonb @> '[[3]]', '{"a": {"b": 1, "c": 2}}'::jsonb @> '{"a": {"b": 1}}', '[1, 2]'::jsonb @> '1', '"a"'::jsonb @> '"a"', '{"a": [1, 2]}'::jsonb @> '{"a": [2]}', '{"a": 1}'::jsonb @> '{}', '{}'::jsonb <@ '{"a": 1}', '1'::jsonb @> '[1]'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
f             | t             | t             | t             | t             | t             | t             | t             | f
SELECT 1
db> SELECT 'b' COLLATE "C" < 'a', 'a' COLLATE "POSIX" = 'a', max(x COLLATE "C") FROM (VALUES ('a'), ('B')) t (x)
?column? bool | ?column? bool | max text
f             | t             | a
SELECT 1
db> SELECT 'a' COLLATE "nope"
ERROR 42704: collation "nope" for encoding "UTF8" does not exist
