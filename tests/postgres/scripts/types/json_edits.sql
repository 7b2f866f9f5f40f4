-- Changes of jsonb: jsonb_set, jsonb_set_lax, jsonb_insert, #-, and assignment to a subscript.

db> SELECT jsonb_set('{"a": 1}', '{a}', '2'), jsonb_set('{"a": 1}', '{b}', '2'), jsonb_set('{"a": 1}', '{b}', '2', false), jsonb_set('{"a": {"b": 1}}', '{a,b}', '"x"'), jsonb_set('{"a": 1}', '{a,b}', '2'), jsonb_set('{"a": 1}', '{b,c}', '2'), jsonb_set('[1, 2]', '{5}', '3'), jsonb_set('[1, 2]', '{-5}', '3'), jsonb_set('[1, 2]', '{-1}', '3'), jsonb_set('{}', '{}', '1'), jsonb_set('{"a": [1, {"b": 2}]}', '{a,1,b}', '3')
jsonb_set jsonb | jsonb_set jsonb  | jsonb_set jsonb | jsonb_set jsonb   | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb | jsonb_set jsonb
{"a": 2}        | {"a": 1, "b": 2} | {"a": 1}        | {"a": {"b": "x"}} | {"a": 1}        | {"a": 1}        | [1, 2, 3]       | [3, 1, 2]       | [1, 3]          | {}              | {"a": [1, {"b": 3}]}
SELECT 1
db> SELECT jsonb_set('1', '{a}', '2')
ERROR 22023: cannot set path in scalar
db> SELECT jsonb_set('[1]', '{a}', '2')
ERROR 22P02: path element at position 1 is not an integer: "a"
db> SELECT jsonb_set('{"a": [1]}', '{a,x}', '2')
ERROR 22P02: path element at position 2 is not an integer: "x"
db> SELECT jsonb_set('{"a": 1}', '{NULL}', '2')
ERROR 22004: path element at position 1 is null
db> SELECT jsonb_set('{"a": 1}', '{a}', NULL), jsonb_set_lax('{"a": 1}', '{a}', NULL), jsonb_set_lax('{"a": 1, "b": 2}', '{a}', NULL, true, 'delete_key'), jsonb_set_lax('{"a": 1}', '{a}', NULL, true, 'return_target'), jsonb_set_lax('{"a": 1}', '{a}', '5')
jsonb_set jsonb | jsonb_set_lax jsonb | jsonb_set_lax jsonb | jsonb_set_lax jsonb | jsonb_set_lax jsonb
NULL            | {"a": null}         | {"b": 2}            | {"a": 1}            | {"a": 5}
SELECT 1
db> SELECT jsonb_set_lax('{"a": 1}', '{a}', NULL, true, 'raise_exception')
ERROR 22004: JSON value must not be null
DETAIL: Exception was raised because null_value_treatment is "raise_exception".
HINT: To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.
db> SELECT jsonb_set_lax('{"a": 1}', '{a}', NULL, true, 'what')
ERROR 22023: null_value_treatment must be "delete_key", "return_target", "use_json_null", or "raise_exception"
db> SELECT jsonb_insert('{"a": [0, 1, 2]}', '{a,1}', '"new"'), jsonb_insert('{"a": [0, 1, 2]}', '{a,1}', '"new"', true), jsonb_insert('{"a": 1}', '{b}', '2'), jsonb_insert('[]', '{3}', '1'), jsonb_insert('[1]', '{-1}', '0'), jsonb_insert('[1]', '{-1}', '2', true)
jsonb_insert jsonb      | jsonb_insert jsonb      | jsonb_insert jsonb | jsonb_insert jsonb | jsonb_insert jsonb | jsonb_insert jsonb
{"a": [0, "new", 1, 2]} | {"a": [0, 1, "new", 2]} | {"a": 1, "b": 2}   | [1]                | [0, 1]             | [1, 2]
SELECT 1
db> SELECT jsonb_insert('{"a": 1}', '{a}', '2')
ERROR 22023: cannot replace existing key
HINT: Try using the function jsonb_set to replace key value.
db> SELECT jsonb_insert('2', '{a}', '2')
ERROR 22023: cannot set path in scalar
db> SELECT '{"a": {"b": 1, "c": 2}}'::jsonb #- '{a,b}', '[1, 2, 3]'::jsonb #- '{1}', '{"a": 1}'::jsonb #- '{x,y}', '{"a": 1}'::jsonb - 'a', '[1, "b"]'::jsonb - 'b', '[1, 2]'::jsonb - 0, '{"a": 1, "b": 2, "c": 3}'::jsonb - ARRAY['a', 'c'], '{}'::jsonb #- '{a}'
?column? jsonb  | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb
{"a": {"c": 2}} | [1, 3]         | {"a": 1}       | {}             | [1]            | [2]            | {"b": 2}       | {}
SELECT 1
db> SELECT '1'::jsonb #- '{a}'
ERROR 22023: cannot delete path in scalar
db> SELECT '{"a": 1}'::jsonb - 1
ERROR 22023: cannot delete from object using integer index
db> SELECT ('{"a": {"b": [1, 2]}}'::jsonb)['a']['b'][1], ('[1, 2]'::jsonb)[-1], ('{"a": 1}'::jsonb)['x'] IS NULL, ('1'::jsonb)['a'] IS NULL
jsonb jsonb | jsonb jsonb | ?column? bool | ?column? bool
2           | 2           | t             | t
SELECT 1
db> CREATE TABLE docs (id int PRIMARY KEY, d jsonb)
CREATE TABLE
db> INSERT INTO docs VALUES (1, '{"a": 1}'), (2, NULL), (3, '[1]')
INSERT 0 3
db> UPDATE docs SET d['b'] = '"x"' WHERE id = 1
UPDATE 1
db> UPDATE docs SET d['c']['d'] = '[1]', d['a'] = '2' WHERE id = 1
UPDATE 1
db> UPDATE docs SET d['k'][1] = '5' WHERE id = 2
UPDATE 1
db> UPDATE docs SET d[3] = '4' WHERE id = 3
UPDATE 1
db> SELECT * FROM docs ORDER BY id
id int4 | d jsonb
1       | {"a": 2, "b": "x", "c": {"d": [1]}}
2       | {"k": [null, 5]}
3       | [1, null, null, 4]
SELECT 3
db> UPDATE docs SET d['a']['z'] = '1' WHERE id = 1
ERROR 22023: cannot replace existing key
DETAIL: The path assumes key is a composite object, but it is a scalar value.
db> UPDATE docs SET d[-9] = '1' WHERE id = 3
ERROR 22023: path element at position 1 is out of range: -9
db> UPDATE docs SET d['a'] = 1 WHERE id = 1
ERROR 42804: subscripted assignment to "d" requires type jsonb but expression is of type integer
HINT: You will need to rewrite or cast the expression.
db> UPDATE docs SET d['a'] = NULL WHERE id = 1 RETURNING d
d jsonb
{"a": null, "b": "x", "c": {"d": [1]}}
UPDATE 1
db> UPDATE docs SET d['a'] = to_jsonb(7) WHERE id = 1 RETURNING d['a']
d jsonb
7
UPDATE 1
db> SELECT id, d['b'] FROM docs WHERE d['b'] = '"x"'
id int4 | d jsonb
1       | "x"
SELECT 1
