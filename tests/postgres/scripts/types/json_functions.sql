-- Building and taking apart.

db> SELECT jsonb_build_object('a', 1, 'b', ARRAY[1,2], 'c', NULL), json_build_object('a', 1.50, 'b', true), jsonb_build_array(1, 'x', NULL), to_jsonb('x'::text), to_jsonb(1.50), row_to_json(ROW(1, 'a'))
jsonb_build_object jsonb         | json_build_object json   | jsonb_build_array jsonb | to_jsonb jsonb | to_jsonb jsonb | row_to_json json
{"a": 1, "b": [1, 2], "c": null} | {"a" : 1.50, "b" : true} | [1, "x", null]          | "x"            | 1.50           | {"f1":1,"f2":"a"}
SELECT 1
db> SELECT jsonb_build_object('a')
ERROR 22023: argument list must have even number of elements
HINT: The arguments of jsonb_build_object() must consist of alternating keys and values.
db> SELECT jsonb_build_object(NULL, 1)
ERROR 22023: argument 1: key must not be null
db> SELECT jsonb_set('{"a":1,"b":[1,2]}', '{a}', '5'), jsonb_set('{"a":1}', '{b}', '5'), jsonb_set('{"a":1}', '{b}', '5', false), jsonb_set('{"b":[1,2]}', '{b,0}', '"x"'), jsonb_insert('{"b":[1,2]}', '{b,0}', '0')
jsonb_set jsonb       | jsonb_set jsonb  | jsonb_set jsonb | jsonb_set jsonb | jsonb_insert jsonb
{"a": 5, "b": [1, 2]} | {"a": 1, "b": 5} | {"a": 1}        | {"b": ["x", 2]} | {"b": [0, 1, 2]}
SELECT 1
db> SELECT jsonb_typeof('1'), jsonb_typeof('null'), jsonb_typeof('[]'), jsonb_array_length('[1,2]'), jsonb_strip_nulls('{"a":null,"b":1}'), jsonb_pretty('{"a":[1]}')
jsonb_typeof text | jsonb_typeof text | jsonb_typeof text | jsonb_array_length int4 | jsonb_strip_nulls jsonb | jsonb_pretty text
number            | null              | array             | 2                       | {"b": 1}                | '{\n    "a": [\n        1\n    ]\n}'
SELECT 1
db> SELECT jsonb_array_length('{}')
ERROR 22023: cannot get array length of a non-array
db> SELECT * FROM jsonb_array_elements('[1,"x",null]')
value jsonb
1
"x"
null
SELECT 3
db> SELECT * FROM jsonb_array_elements_text('[1,"x",null]')
value text
1
x
NULL
SELECT 3
db> SELECT * FROM jsonb_each('{"a":1,"b":"x"}')
key text | value jsonb
a        | 1
b        | "x"
SELECT 2
db> SELECT key, value FROM json_each_text('{"a":1,"b":"x"}')
key text | value text
a        | 1
b        | x
SELECT 2
db> SELECT jsonb_object_keys('{"b":1,"a":2}')
jsonb_object_keys text
a
b
SELECT 2
db> SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x"},{"a":2}]') AS r (a int, b text)
a int4 | b text
1      | x
2      | NULL
SELECT 2
db> SELECT jsonb_extract_path_text('{"a":{"b":"x"}}', 'a', 'b'), jsonb_object('{a,1,b,2}')
jsonb_extract_path_text text | jsonb_object jsonb
x                            | {"a": "1", "b": "2"}
SELECT 1
