-- char(n): padded on output, the padding does not count in comparison or length.

db> SELECT 'ab'::char(5) = 'ab', 'ab'::char(5) || 'x', length('ab'::char(5)), octet_length('ab'::char(5))
?column? bool | ?column? text | length int4 | octet_length int4
t             | abx           | 2           | 5
SELECT 1
db> SELECT 'ab'::char(5)::text || 'x', 'ab '::text = 'ab', 'ab '::char(3) = 'ab'::char(5)
?column? text | ?column? bool | ?column? bool
abx           | f             | t
SELECT 1
db> SELECT 'ab'::char(5) LIKE 'ab', 'ab'::char(5)
?column? bool | bpchar bpchar
f             | 'ab   '
SELECT 1
db> SELECT ''::char(2), 'x'::char, 'xyz'::char
bpchar bpchar | bpchar bpchar | bpchar bpchar
'  '          | x             | x
SELECT 1
