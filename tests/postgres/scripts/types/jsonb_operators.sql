-- Containment, existence, concatenation, removal.

db> SELECT '{"a":1,"b":2}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb <@ '{"a":1,"b":2}', '[1,2,3]'::jsonb @> '[3,1]', '[1]'::jsonb @> '1', '{"a":{"b":1}}'::jsonb @> '{"a":{}}'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t             | t
SELECT 1
db> SELECT '{"a":1}'::jsonb ? 'a', '["a","b"]'::jsonb ? 'b', '{"a":1}'::jsonb ?| ARRAY['x','a'], '{"a":1}'::jsonb ?& ARRAY['x','a']
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | f
SELECT 1
db> SELECT '{"a":1}'::jsonb || '{"a":2,"b":3}', '[1]'::jsonb || '[2]', '[1]'::jsonb || '2', '{"a":1,"b":2}'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '{"a":{"b":1,"c":2}}'::jsonb #- '{a,b}', '{"a":1,"b":2}'::jsonb - ARRAY['a','b']
?column? jsonb   | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb | ?column? jsonb  | ?column? jsonb
{"a": 2, "b": 3} | [1, 2]         | [1, 2]         | {"b": 2}       | [1, 3]         | {"a": {"c": 2}} | {}
SELECT 1
db> SELECT '{"a":1}'::jsonb - 0
ERROR 22023: cannot delete from object using integer index
db> SELECT '[1,2]'::jsonb @? '$[*] ? (@ > 1)', jsonb_path_query_array('[1,2,3]', '$[*] ? (@ >= 2)'), '{"a":5}'::jsonb @@ '$.a > 3'
?column? bool | jsonb_path_query_array jsonb | ?column? bool
t             | [2, 3]                       | t
SELECT 1
