-- Comparison, containment, concatenation, functions.

db> SELECT ARRAY[1,2] = ARRAY[1,2], ARRAY[1,2] < ARRAY[1,3], ARRAY[1,2] @> ARRAY[2], ARRAY[1] <@ ARRAY[1,2], ARRAY[1,2] && ARRAY[2,3]
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t             | t
SELECT 1
db> SELECT ARRAY[1,2] || 3, 0 || ARRAY[1], ARRAY[1] || ARRAY[2,3], ARRAY[1] || NULL::int[], array_append(ARRAY[1], 2), array_prepend(0, ARRAY[1]), array_cat(ARRAY[1], ARRAY[2])
?column? int4[] | ?column? int4[] | ?column? int4[] | ?column? int4[] | array_append int4[] | array_prepend int4[] | array_cat int4[]
{1,2,3}         | {0,1}           | {1,2,3}         | {1}             | {1,2}               | {0,1}                | {1,2}
SELECT 1
db> SELECT array_length(ARRAY[1,2], 1), array_length('{}'::int[], 1), cardinality(ARRAY[[1,2],[3,4]]), array_ndims(ARRAY[[1]]), array_upper(ARRAY[1,2], 1), array_position(ARRAY['a','b'], 'b'), array_positions(ARRAY[1,2,1], 1)
array_length int4 | array_length int4 | cardinality int4 | array_ndims int4 | array_upper int4 | array_position int4 | array_positions int4[]
2                 | NULL              | 4                | 2                | 2                | 2                   | {1,3}
SELECT 1
db> SELECT array_remove(ARRAY[1,2,1], 1), array_replace(ARRAY[1,2], 2, 9), array_to_string(ARRAY[1,NULL,3], ','), array_to_string(ARRAY[1,NULL,3], ',', '*'), string_to_array('a,b,,c', ','), string_to_array('abc', NULL), array_fill(0, ARRAY[3])
array_remove int4[] | array_replace int4[] | array_to_string text | array_to_string text | string_to_array text[] | string_to_array text[] | array_fill int4[]
{2}                 | {1,9}                | 1,3                  | 1,*,3                | {a,b,"",c}             | {a,b,c}                | {0,0,0}
SELECT 1
db> SELECT unnest(ARRAY[1,2]), unnest(ARRAY['a','b','c'])
unnest int4 | unnest text
1           | a
2           | b
NULL        | c
SELECT 3
db> SELECT ARRAY[1] = ARRAY['x']
ERROR 42883: operator does not exist: integer[] = text[]
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT ARRAY[1] || 'x'
ERROR 22P02: malformed array literal: "x"
DETAIL: Array value must start with "{" or dimension information.
db> SELECT ARRAY[1,2] = '{1,2}', ARRAY[1] @> '{1}'
?column? bool | ?column? bool
t             | t
SELECT 1
