-- Literals, constructors, subscripts, slices.

db> SELECT ARRAY[1,2,3], '{1,2,3}'::int[], ARRAY['a b','c,d','e"f',NULL,'','NULL'], '{"a b",c,NULL}'::text[], ARRAY[[1,2],[3,4]], ARRAY[]::int[]
array int4[] | int4 int4[] | array text[]                        | text text[]    | array int4[]  | array int4[]
{1,2,3}      | {1,2,3}     | {"a b","c,d","e\"f",NULL,"","NULL"} | {"a b",c,NULL} | {{1,2},{3,4}} | {}
SELECT 1
db> SELECT (ARRAY[10,20,30])[2], (ARRAY[10,20,30])[0], (ARRAY[10,20,30])[2:3], (ARRAY[10,20,30])[:2], (ARRAY[[1,2],[3,4]])[2][1]
array int4 | array int4 | array int4[] | array int4[] | array int4
20         | NULL       | {20,30}      | {10,20}      | 3
SELECT 1
db> SELECT ARRAY[]
ERROR 42P18: cannot determine type of empty array
HINT: Explicitly cast to the desired type, for example ARRAY[]::integer[].
db> SELECT ARRAY[1,'x']
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT ARRAY[1,2.5], ARRAY[1,NULL], ARRAY[true]
array numeric[] | array int4[] | array bool[]
{1,2.5}         | {1,NULL}     | {t}
SELECT 1
db> SELECT '{1,x}'::int[]
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT '{1,2'::int[]
ERROR 22P02: malformed array literal: "{1,2"
DETAIL: Unexpected end of input.
db> SELECT '1,2'::int[]
ERROR 22P02: malformed array literal: "1,2"
DETAIL: Array value must start with "{" or dimension information.
db> SELECT ARRAY[[1,2],[3]]
ERROR 2202E: multidimensional arrays must have array expressions with matching dimensions
db> SELECT '[2:3]={7,8}'::int[], '{{1,2},{3,4}}'::int[]
int4 int4[] | int4 int4[]
[2:3]={7,8} | {{1,2},{3,4}}
SELECT 1
