-- Elements and slices of arrays, read and assigned; lower bounds.

a> CREATE TABLE t (id int PRIMARY KEY, a int[], b text[], m int[][])
CREATE TABLE
a> INSERT INTO t VALUES (1, '{1,2,3}', '{x,y}', '{{1,2},{3,4}}'), (2, NULL, '{}', NULL)
INSERT 0 2
a> INSERT INTO t (id, a[2], b[1:2]) VALUES (3, 7, '{p,q}')
INSERT 0 1
a> INSERT INTO t (id, a[1], a[2]) VALUES (4, 10, 20)
INSERT 0 1
a> SELECT * FROM t ORDER BY id
id int4 | a int4[]  | b text[] | m int4[]
1       | {1,2,3}   | {x,y}    | {{1,2},{3,4}}
2       | NULL      | {}       | NULL
3       | [2:2]={7} | {p,q}    | NULL
4       | {10,20}   | NULL     | NULL
SELECT 4
a> UPDATE t SET a[2] = 20 WHERE id = 1 RETURNING a
a int4[]
{1,20,3}
UPDATE 1
a> UPDATE t SET a[5] = 50 WHERE id = 1 RETURNING a
a int4[]
{1,20,3,NULL,50}
UPDATE 1
a> UPDATE t SET a[-1] = 0 WHERE id = 1 RETURNING a, array_lower(a, 1), array_dims(a)
a int4[]                       | array_lower int4 | array_dims text
[-1:5]={0,NULL,1,20,3,NULL,50} | -1               | [-1:5]
UPDATE 1
a> UPDATE t SET a[3] = 3 WHERE id = 2 RETURNING a, a[3], a[1]
a int4[]  | a int4 | a int4
[3:3]={3} | 3      | NULL
UPDATE 1
a> UPDATE t SET b[1] = 'first', b[2] = 'second' WHERE id = 2 RETURNING b
b text[]
{first,second}
UPDATE 1
a> UPDATE t SET m[1][2] = 9 WHERE id = 1 RETURNING m
m int4[]
{{1,9},{3,4}}
UPDATE 1
a> UPDATE t SET m[3][1] = 9 WHERE id = 1
ERROR 2202E: array subscript out of range
a> UPDATE t SET m[1] = 9 WHERE id = 1
ERROR 2202E: wrong number of array subscripts
a> UPDATE t SET m[1][1] = 5 WHERE id = 2 RETURNING m
m int4[]
{{5}}
UPDATE 1
a> UPDATE t SET a[1:2] = '{8,9}' WHERE id = 1 RETURNING a
a int4[]
[-1:5]={0,NULL,8,9,3,NULL,50}
UPDATE 1
a> UPDATE t SET a[1:2] = '{8}' WHERE id = 1
ERROR 2202E: source array too small
a> UPDATE t SET a[2:1] = '{8}' WHERE id = 1
ERROR 2202E: upper bound cannot be less than lower bound
a> UPDATE t SET a[:2] = '{5,6,7,8}' WHERE id = 3 RETURNING a
a int4[]
[2:2]={5}
UPDATE 1
a> UPDATE t SET a = '{1,2,3,4}' WHERE id = 3
UPDATE 1
a> UPDATE t SET a[3:] = '{33,44}' WHERE id = 3 RETURNING a
a int4[]
{1,2,33,44}
UPDATE 1
a> UPDATE t SET a[1:2] = ARRAY[a[2], a[1]] WHERE id = 3 RETURNING a
a int4[]
{2,1,33,44}
UPDATE 1
a> UPDATE t SET a[1] = 'x' WHERE id = 3
ERROR 22P02: invalid input syntax for type integer: "x"
a> UPDATE t SET a[1] = true WHERE id = 3
ERROR 42804: subscripted assignment to "a" requires type integer but expression is of type boolean
HINT: You will need to rewrite or cast the expression.
a> UPDATE t SET a['x'] = 1 WHERE id = 3
ERROR 22P02: invalid input syntax for type integer: "x"
a> UPDATE t SET a[NULL] = 1 WHERE id = 3
ERROR 22004: array subscript in assignment must not be null
a> UPDATE t SET a[1] = NULL WHERE id = 3 RETURNING a
a int4[]
{NULL,1,33,44}
UPDATE 1
a> UPDATE t SET a[1] = DEFAULT WHERE id = 3
ERROR 0A000: cannot set an array element to DEFAULT
a> UPDATE t SET a[1] = 1, a = '{}' WHERE id = 3
ERROR 42601: multiple assignments to same column "a"
a> UPDATE t SET id[1] = 1 WHERE id = 3
ERROR 42804: cannot subscript type integer because it does not support subscripting
a> SELECT a[1], a[1:2], a[2:], a[:2], a[:], a[9], a[3:9], a[9:10] FROM t WHERE id = 3
a int4 | a int4[] | a int4[]  | a int4[] | a int4[]       | a int4 | a int4[] | a int4[]
NULL   | {NULL,1} | {1,33,44} | {NULL,1} | {NULL,1,33,44} | NULL   | {33,44}  | {}
SELECT 1
a> SELECT m[1][2], m[1], m[1:1], m[:][2:2], m[2][1:1], m[1:2][1] FROM t WHERE id = 1
m int4 | m int4 | m int4[] | m int4[]  | m int4[]  | m int4[]
9      | NULL   | {{1,9}}  | {{9},{4}} | {{1},{3}} | {{1},{3}}
SELECT 1
a> SELECT a[NULL], a[NULL:2] FROM t WHERE id = 3
a int4 | a int4[]
NULL   | NULL
SELECT 1
a> SELECT '[0:2]={1,2,3}'::int[], ('[0:2]={1,2,3}'::int[])[0], '[-1:0][5:6]={{1,2},{3,4}}'::int[]
int4 int4[]   | int4 int4 | int4 int4[]
[0:2]={1,2,3} | 1         | [-1:0][5:6]={{1,2},{3,4}}
SELECT 1
a> SELECT '[1:2]={1,2}'::int[], '[2:3]={1,2}'::int[] = '{1,2}'::int[], '[2:2]={1,2}'::int[]
ERROR 22P02: malformed array literal: "[2:2]={1,2}"
DETAIL: Specified array dimensions do not match array contents.
a> SELECT array_dims('[2:3][0:1]={{1,2},{3,4}}'::int[]), array_upper('[2:3]={1,2}'::int[], 1)
array_dims text | array_upper int4
[2:3][0:1]      | 3
SELECT 1
a> SELECT (ARRAY[1,2,3])[2], (ARRAY[[1,2],[3,4]])[2][1], (ARRAY[1,2,3])[2:3]
array int4 | array int4 | array int4[]
2          | 3          | {2,3}
SELECT 1
a> SELECT ('{a,b,c}'::text[])[2], (string_to_array('a,b', ','))[1]
text text | string_to_array text
b         | a
SELECT 1
a> SELECT (1)[1]
ERROR 42804: cannot subscript type integer because it does not support subscripting
a> SELECT '{1,2'::int[]
ERROR 22P02: malformed array literal: "{1,2"
DETAIL: Unexpected end of input.
a> SELECT '1,2'::int[]
ERROR 22P02: malformed array literal: "1,2"
DETAIL: Array value must start with "{" or dimension information.
a> SELECT '{1,2}}'::int[]
ERROR 22P02: malformed array literal: "{1,2}}"
DETAIL: Junk after closing right brace.
a> SELECT '{1,,2}'::int[]
ERROR 22P02: malformed array literal: "{1,,2}"
DETAIL: Unexpected "," character.
a> SELECT '{{1,2},{3}}'::int[]
ERROR 22P02: malformed array literal: "{{1,2},{3}}"
DETAIL: Multidimensional arrays must have sub-arrays with matching dimensions.
a> SELECT '{{1,2},3}'::int[]
ERROR 22P02: malformed array literal: "{{1,2},3}"
DETAIL: Unexpected array element.
a> SELECT '{1,{2}}'::int[]
ERROR 22P02: malformed array literal: "{1,{2}}"
DETAIL: Unexpected "{" character.
a> SELECT '{1,x}'::int[]
ERROR 22P02: invalid input syntax for type integer: "x"
a> SELECT '{}'::int[], '{{},{}}'::int[], '{ 1 , 2 }'::int[], '{"1", NULL, null}'::int[]
ERROR 22P02: malformed array literal: "{{},{}}"
DETAIL: Unexpected "}" character.
a> SELECT '{a "b"}'::text[], '{"a\"b", c\,d, "NULL", NULL, ""}'::text[]
ERROR 22P02: malformed array literal: "{a "b"}"
DETAIL: Unexpected array element.
a> SELECT '{"a"b}'::text[]
ERROR 22P02: malformed array literal: "{"a"b}"
DETAIL: Unexpected array element.
a> SELECT '{a'::text[]
ERROR 22P02: malformed array literal: "{a"
DETAIL: Unexpected end of input.
a> SELECT '{"a'::text[]
ERROR 22P02: malformed array literal: "{"a"
DETAIL: Unexpected end of input.
a> SELECT ' {a} '::text[], '{a} x'::text[]
ERROR 22P02: malformed array literal: "{a} x"
DETAIL: Junk after closing right brace.
a> SELECT '[1:2]={1}'::int[]
ERROR 22P02: malformed array literal: "[1:2]={1}"
DETAIL: Specified array dimensions do not match array contents.
a> SELECT '[1:x]={1}'::int[]
ERROR 22P02: malformed array literal: "[1:x]={1}"
DETAIL: Missing array dimension value.
a> SELECT ARRAY[]::int[], ARRAY[NULL], ARRAY[]
ERROR 42P18: cannot determine type of empty array
HINT: Explicitly cast to the desired type, for example ARRAY[]::integer[].
a> SELECT ARRAY[1, 'a']
ERROR 22P02: invalid input syntax for type integer: "a"
a> SELECT ARRAY[1, true]
ERROR 42804: ARRAY types integer and boolean cannot be matched
a> SELECT ARRAY[1, 2.5, NULL], ARRAY['a', NULL], ARRAY[[1], [NULL]], ARRAY['{1,2}'::int[], '{3,4}']
ERROR 42846: ARRAY could not convert type text[] to integer[]
a> SELECT ARRAY[[1, 2], [3]]
ERROR 2202E: multidimensional arrays must have array expressions with matching dimensions
