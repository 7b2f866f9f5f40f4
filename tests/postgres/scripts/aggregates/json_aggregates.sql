-- json_agg, jsonb_agg, jsonb_object_agg.

db> CREATE TABLE t (id int, s text)
CREATE TABLE
db> INSERT INTO t VALUES (1, 'a'), (2, NULL)
INSERT 0 2
db> SELECT json_agg(s ORDER BY id), jsonb_agg(s ORDER BY id) FROM t
json_agg json | jsonb_agg jsonb
["a", null]   | ["a", null]
SELECT 1
db> SELECT jsonb_agg(t ORDER BY id) FROM t
jsonb_agg jsonb
[{"s": "a", "id": 1}, {"s": null, "id": 2}]
SELECT 1
db> SELECT jsonb_object_agg(id, s) FROM t
jsonb_object_agg jsonb
{"1": "a", "2": null}
SELECT 1
db> SELECT json_agg(t ORDER BY id) FROM t
json_agg json
'[{"id":1,"s":"a"}, \n {"id":2,"s":null}]'
SELECT 1
db> SELECT jsonb_agg(s) FROM t WHERE false
jsonb_agg jsonb
NULL
SELECT 1
