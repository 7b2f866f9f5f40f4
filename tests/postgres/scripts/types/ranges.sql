-- Range types.

db> SELECT int4range(1, 5), '[1,5]'::int4range, numrange(1.5, 2.5, '[]'), daterange('2024-01-01', '2024-01-05'), int4range(1, 5) @> 3, int4range(1, 5) && int4range(4, 9), lower(int4range(1, 5)), upper('[1,5]'::int4range), isempty(int4range(1, 1))
int4range int4range | int4range int4range | numrange numrange | daterange daterange     | ?column? bool | ?column? bool | lower int4 | upper int4 | isempty bool
[1,5)               | [1,6)               | [1.5,2.5]         | [2024-01-01,2024-01-05) | t             | t             | 1          | 6          | t
SELECT 1
