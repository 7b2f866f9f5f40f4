-- The SQL/JSON path language: lax and strict, filters, arithmetic, methods, variables, mistakes.

db> SELECT '$.a.b'::jsonpath, 'strict $.a[*] ? (@.b > 1 && @.c == "x")'::jsonpath, '$.a[0, 2 to last].**{1 to 3}'::jsonpath, '$ ? (@ like_regex "^a" flag "i" || exists (@.b) || !(@.c < 3))'::jsonpath, '($.a + 1) * -$.b'::jsonpath, '$.items.size()'::jsonpath, '$."a b".*'::jsonpath
jsonpath jsonpath | jsonpath jsonpath                           | jsonpath jsonpath             | jsonpath jsonpath                                | jsonpath jsonpath        | jsonpath jsonpath | jsonpath jsonpath
$."a"."b"         | strict $."a"[*]?(@."b" > 1 && @."c" == "x") | $."a"[0,2 to last].**{1 to 3} | '$?((@ like_regex "^a" flag "i" || exists (@."b")) || !(@."c" < 3))' | '(($."a" + 1) * -$."b")' | $."items".size()  | $."a b".*
SELECT 1
db> SELECT jsonb_path_query('{"a": [1, 2, {"b": 3}]}', '$.a[*]')
jsonb_path_query jsonb
1
2
{"b": 3}
SELECT 3
db> SELECT * FROM jsonb_path_query('[{"name": "a", "price": 5}, {"name": "b", "price": 15}]', '$[*] ? (@.price > 10).name')
jsonb_path_query jsonb
"b"
SELECT 1
db> SELECT jsonb_path_query_array('{"a": {"x": 1, "y": [2, 3]}}', '$.**'), jsonb_path_query_first('{"a": [10, 20]}', '$.a[last]'), jsonb_path_query_array('[1, 2, 3, 4]', '$[*] ? (@ % 2 == 0)'), jsonb_path_query_array('{"a": 1, "b": 2}', '$.*'), jsonb_path_query_array('[1,2,3,4,5]', '$[1 to 3]'), jsonb_path_query_array('{"a": 1}', '$.b')
jsonb_path_query_array jsonb                     | jsonb_path_query_first jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb
[{"a": {"x": 1, "y": [2, 3]}}, {"x": 1, "y": [2, 3]}, 1, [2, 3], 2, 3] | 20                           | [2, 4]                       | [1, 2]                       | [2, 3, 4]                    | []
SELECT 1
db> SELECT jsonb_path_exists('{"a": [1, 2, 3]}', '$.a[*] ? (@ >= $min)', '{"min": 3}'), jsonb_path_exists('{"a": 1}', '$.b'), jsonb_path_match('{"a": 5}', '$.a > 3'), '{"a": [1, 2]}'::jsonb @? '$.a[*] ? (@ > 1)', '{"a": 1}'::jsonb @@ '$.a == 1', '{"a": 1}'::jsonb @@ '$.a'
jsonb_path_exists bool | jsonb_path_exists bool | jsonb_path_match bool | ?column? bool | ?column? bool | ?column? bool
t                      | f                      | t                     | t             | t             | NULL
SELECT 1
db> SELECT jsonb_path_query('{"a": 1}', 'strict $.b')
ERROR 2203A: JSON object does not contain key "b"
db> SELECT jsonb_path_query('{"a": 1}', 'strict $.b', silent => true)
jsonb_path_query jsonb
SELECT 0
db> SELECT jsonb_path_query('[1]', 'strict $[3]')
ERROR 22033: jsonpath array subscript is out of bounds
db> SELECT jsonb_path_query('1', 'strict $.a')
ERROR 2203A: jsonpath member accessor can only be applied to an object
db> SELECT jsonb_path_query('1', 'strict $[*]')
ERROR 22039: jsonpath wildcard array accessor can only be applied to an array
db> SELECT jsonb_path_query('1', 'strict $.*')
ERROR 2203C: jsonpath wildcard member accessor can only be applied to an object
db> SELECT jsonb_path_query('{"a": "x"}', '$.a + 1')
ERROR 22038: left operand of jsonpath operator + is not a single numeric value
db> SELECT jsonb_path_query('{"a": "x"}', '-$.a')
ERROR 2203B: operand of unary jsonpath operator - is not a numeric value
db> SELECT jsonb_path_query('{"a": 1}', '$.a / 0')
ERROR 22012: division by zero
db> SELECT jsonb_path_query('"abc"', '$.abs()')
ERROR 22036: jsonpath item method .abs() can only be applied to a numeric value
db> SELECT jsonb_path_query('"abc"', '$.double()')
ERROR 22036: string argument of jsonpath item method .double() is not a valid representation of a double precision number
db> SELECT jsonb_path_query('{"a": 1}', '$ ? (@.a == $missing)', '{"other": 1}')
ERROR 42704: could not find jsonpath variable "missing"
db> SELECT jsonb_path_query('{"a": 1}', '$x', '[1]')
ERROR 22023: "vars" argument is not an object
DETAIL: Jsonpath parameters should be encoded as key-value pairs of "vars" object.
db> SELECT jsonb_path_match('{"a": 1}', '$.a')
ERROR 22038: single boolean result is expected
db> SELECT jsonb_path_query_array('[1.7, -2.5, "3.25"]', '$[*].double()'), jsonb_path_query_array('[1.7, -2.5]', '$[*].floor()'), jsonb_path_query_array('[1.2, -2.5]', '$[*].ceiling()'), jsonb_path_query_array('[-1.5]', '$[*].abs()'), jsonb_path_query_array('[1, "a", null, true, [], {}]', '$[*].type()'), jsonb_path_query_first('[1, 2, 3]', '$.size()'), jsonb_path_query_array('{"x": 1, "y": "z"}', '$.keyvalue().key')
jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb                     | jsonb_path_query_first jsonb | jsonb_path_query_array jsonb
[1.7, -2.5, 3.25]            | [1, -3]                      | [2, -2]                      | [1.5]                        | ["number", "string", "null", "boolean", "array", "object"] | 3                            | ["x", "y"]
SELECT 1
db> SELECT jsonb_path_query('{"b": 2, "a": 1}', '$.keyvalue()')
jsonb_path_query jsonb
{"id": 0, "key": "a", "value": 1}
{"id": 0, "key": "b", "value": 2}
SELECT 2
db> SELECT jsonb_path_query_array('["abc", "abd", "xyz", 1]', '$[*] ? (@ starts with "ab")'), jsonb_path_query_array('["Abc", "xyz"]', '$[*] ? (@ like_regex "^a" flag "i")'), jsonb_path_query_array('[{"a": 1}, {"b": 2}]', '$[*] ? (exists(@.b))'), jsonb_path_query_array('[1, "x", null]', '$[*] ? ((@ > 0) is unknown)'), jsonb_path_query_array('[{"t": ["x", "y"]}, {"t": ["z"]}]', '$[*] ? (@.t[*] == "y")')
jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb | jsonb_path_query_array jsonb
["abc", "abd"]               | ["Abc"]                      | [{"b": 2}]                   | ["x"]                        | [{"t": ["x", "y"]}]
SELECT 1
db> SELECT jsonb_path_query_first('{"total": 10, "tax": 2.5}', '$.total + $.tax * 2'), jsonb_path_query_first('[3, 4]', '$[0] * $[1]'), jsonb_path_query_first('{"a": {"b": {"c": 7}}}', '$.**.c'), jsonb_path_query_first('{"a": null}', '$.a'), jsonb_path_query_first('{}', '$.a') IS NULL
jsonb_path_query_first jsonb | jsonb_path_query_first jsonb | jsonb_path_query_first jsonb | jsonb_path_query_first jsonb | ?column? bool
15.0                         | 12                           | 7                            | null                         | t
SELECT 1
db> SELECT '$.a['::jsonpath
ERROR 42601: syntax error at end of jsonpath input
db> SELECT ''::jsonpath
ERROR 22P02: invalid input syntax for type jsonpath: ""
db> SELECT '$ ? (@.a)'::jsonpath
ERROR 42601: syntax error at or near ")" of jsonpath input
db> SELECT '@.a'::jsonpath
ERROR 42601: @ is not allowed in root expressions
db> SELECT 'last'::jsonpath
ERROR 42601: LAST is allowed only in array subscripts
db> SELECT '$ ? (@ like_regex "(")'::jsonpath
ERROR 2201B: invalid regular expression: parentheses () not balanced
db> SELECT '$.1a'::jsonpath
ERROR 42601: trailing junk after numeric literal at or near ".1a" of jsonpath input
db> SELECT '$ && 1'::jsonpath
ERROR 42601: syntax error at or near "&&" of jsonpath input
