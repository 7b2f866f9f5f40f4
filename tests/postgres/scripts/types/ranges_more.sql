-- Ranges: text, constructors, operators, functions, columns.

a> SELECT '[1,5)'::int4range, '(1,5]'::int4range, '[1,5]'::int8range, '(1,2)'::int4range, '[,5)'::int4range, '(,)'::int4range, 'empty'::int4range
int4range int4range | int4range int4range | int8range int8range | int4range int4range | int4range int4range | int4range int4range | int4range int4range
[1,5)               | [2,6)               | [1,6)               | empty               | '(,5)'              | '(,)'               | empty
SELECT 1
a> SELECT '[1.5,2.5]'::numrange, '(1.5,2.5)'::numrange, '[2024-01-01,2024-01-31]'::daterange, '[2024-01-01 10:00,2024-01-01 12:00)'::tsrange
numrange numrange | numrange numrange | daterange daterange     | tsrange tsrange
[1.5,2.5]         | '(1.5,2.5)'       | [2024-01-01,2024-02-01) | ["2024-01-01 10:00:00","2024-01-01 12:00:00")
SELECT 1
a> SELECT '[5,1]'::int4range
ERROR 22000: range lower bound must be less than or equal to range upper bound
a> SELECT '[1,5'::int4range
ERROR 22P02: malformed range literal: "[1,5"
DETAIL: Unexpected end of input.
a> SELECT '1,5]'::int4range
ERROR 22P02: malformed range literal: "1,5]"
DETAIL: Missing left parenthesis or bracket.
a> SELECT '[1]'::int4range
ERROR 22P02: malformed range literal: "[1]"
DETAIL: Missing comma after lower bound.
a> SELECT '[1,2,3]'::int4range
ERROR 22P02: malformed range literal: "[1,2,3]"
DETAIL: Too many commas.
a> SELECT '[1,5) x'::int4range
ERROR 22P02: malformed range literal: "[1,5) x"
DETAIL: Junk after right parenthesis or bracket.
a> SELECT 'empty x'::int4range
ERROR 22P02: malformed range literal: "empty x"
DETAIL: Junk after "empty" key word.
a> SELECT '[a,5)'::int4range
ERROR 22P02: invalid input syntax for type integer: "a"
a> SELECT int4range(1, 5), int4range(1, 5, '[]'), int4range(NULL, 5), int4range(1, NULL, '(]'), numrange(1.0, 2), daterange('2024-01-01', '2024-02-01')
int4range int4range | int4range int4range | int4range int4range | int4range int4range | numrange numrange | daterange daterange
[1,5)               | [1,6)               | '(,5)'              | [2,)                | [1.0,2)           | [2024-01-01,2024-02-01)
SELECT 1
a> SELECT int4range(5, 1)
ERROR 22000: range lower bound must be less than or equal to range upper bound
a> SELECT int4range(1, 5, 'x')
ERROR 42601: invalid range bound flags
HINT: Valid values are "[]", "[)", "(]", and "()".
a> SELECT int4range(1, 5, NULL)
ERROR 22000: range constructor flags argument must not be null
a> SELECT int4range(1, 1), int4range(1, 1, '[]'), int4range(1, 2147483647, '[]')
ERROR 22003: integer out of range
a> SELECT tsrange('2024-01-01', '2024-01-02'), tstzrange('2024-01-01 00:00+00', NULL)
tsrange tsrange                               | tstzrange tstzrange
["2024-01-01 00:00:00","2024-01-02 00:00:00") | ["2024-01-01 00:00:00+00",)
SELECT 1
a> SELECT lower(int4range(1, 5)), upper(int4range(1, 5)), lower(int4range(NULL, 5)), isempty(int4range(1, 1)), lower_inc(int4range(1, 5)), upper_inc(int4range(1, 5)), lower_inf('(,5)'::int4range), upper_inf('(,5)'::int4range)
lower int4 | upper int4 | lower int4 | isempty bool | lower_inc bool | upper_inc bool | lower_inf bool | upper_inf bool
1          | 5          | NULL       | t            | t              | f              | t              | f
SELECT 1
a> SELECT int4range(1, 5) @> 3, int4range(1, 5) @> 5, 3 <@ int4range(1, 5), int4range(1, 10) @> int4range(2, 3), int4range(2, 3) <@ int4range(1, 10)
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | t             | t             | t
SELECT 1
a> SELECT int4range(1, 5) && int4range(4, 6), int4range(1, 5) && int4range(5, 6), int4range(1, 5) -|- int4range(5, 6), int4range(1, 5) << int4range(7, 8), int4range(7, 8) >> int4range(1, 5)
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | t             | t             | t
SELECT 1
a> SELECT int4range(1, 5) &< int4range(3, 8), int4range(1, 5) &> int4range(0, 3)
?column? bool | ?column? bool
t             | t
SELECT 1
a> SELECT int4range(1, 5) + int4range(4, 8), int4range(1, 5) * int4range(3, 8), int4range(1, 5) - int4range(3, 8), range_merge(int4range(1, 2), int4range(5, 6))
?column? int4range | ?column? int4range | ?column? int4range | range_merge int4range
[1,8)              | [3,5)              | [1,3)              | [1,6)
SELECT 1
a> SELECT int4range(1, 3) + int4range(5, 8)
ERROR 22000: result of range union would not be contiguous
a> SELECT int4range(1, 10) - int4range(3, 5)
ERROR 22000: result of range difference would not be contiguous
a> SELECT int4range(1, 5) = '[1,4]', int4range(1, 5) < int4range(1, 6), int4range(1, 5) <> int4range(2, 5), 'empty'::int4range < int4range(1, 2)
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | t
SELECT 1
a> SELECT int4range(1, 5) && int8range(1, 5)
ERROR 42883: operator does not exist: int4range && int8range
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT int4range(1, 5) @> 3::bigint
ERROR 42883: operator does not exist: int4range @> bigint
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
a> SELECT int4range(1, 5) @> '3', numrange(1, 5) @> 3.5, daterange('2024-01-01', '2024-02-01') @> '2024-01-15'::date, '[2024-01-01,2024-01-02]'::daterange @> date '2024-01-02'
ERROR 22P02: malformed range literal: "3"
DETAIL: Missing left parenthesis or bracket.
a> SELECT pg_typeof(int4range(1, 2)), pg_typeof(lower(numrange(1, 2))), int4range(1, 2)::text, ARRAY[int4range(1, 2), '[3,4]'], '{"[1,2)","(3,4]"}'::int4range[]
pg_typeof regtype | pg_typeof regtype | int4range text | array int4range[] | int4range int4range[]
int4range         | numeric           | [1,2)          | {"[1,2)","[3,5)"} | {"[1,2)","[4,5)"}
SELECT 1
a> CREATE TABLE booking (id int PRIMARY KEY, room int NOT NULL, during tsrange NOT NULL, days daterange)
CREATE TABLE
a> INSERT INTO booking VALUES (1, 1, '[2024-01-01 10:00, 2024-01-01 11:00)', '[2024-01-01,2024-01-03]'), (2, 1, '[2024-01-01 11:00,2024-01-01 12:00)', NULL), (3, 2, tsrange('2024-01-01 10:30', '2024-01-01 11:30'), 'empty')
INSERT 0 3
a> SELECT * FROM booking ORDER BY during
id int4 | room int4 | during tsrange                                | days daterange
1       | 1         | ["2024-01-01 10:00:00","2024-01-01 11:00:00") | [2024-01-01,2024-01-04)
3       | 2         | ["2024-01-01 10:30:00","2024-01-01 11:30:00") | empty
2       | 1         | ["2024-01-01 11:00:00","2024-01-01 12:00:00") | NULL
SELECT 3
a> SELECT id FROM booking WHERE during && tsrange('2024-01-01 10:45', '2024-01-01 11:15') ORDER BY id
id int4
1
2
3
SELECT 3
a> SELECT id FROM booking WHERE during @> '2024-01-01 10:30'::timestamp ORDER BY id
id int4
1
3
SELECT 2
a> SELECT id FROM booking WHERE during && $1 ORDER BY id
with '[2024-01-01 11:00,2024-01-01 11:01)'
id int4
2
3
SELECT 2
a> SELECT id, upper(during) - lower(during), upper(days) - lower(days) FROM booking ORDER BY id
id int4 | ?column? interval | ?column? int4
1       | 01:00:00          | 3
2       | 01:00:00          | NULL
3       | 01:00:00          | NULL
SELECT 3
a> SELECT min(during), max(during), count(DISTINCT during) FROM booking
ERROR 42883: function min(tsrange) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
a> SELECT days, count(*) FROM booking GROUP BY days ORDER BY days
days daterange          | count int8
empty                   | 1
[2024-01-01,2024-01-04) | 1
NULL                    | 1
SELECT 3
a> UPDATE booking SET during = tsrange(lower(during), upper(during) + interval '1 hour', '[]') WHERE id = 1 RETURNING during
during tsrange
["2024-01-01 10:00:00","2024-01-01 12:00:00"]
UPDATE 1
a> SELECT to_json(during), row_to_json(b) FROM booking b WHERE id = 2
to_json json                                     | row_to_json json
"[\"2024-01-01 11:00:00\",\"2024-01-01 12:00:00\")" | {"id":2,"room":1,"during":"[\"2024-01-01 11:00:00\",\"2024-01-01 12:00:00\")","days":null}
SELECT 1
a> INSERT INTO booking VALUES (4, 1, 'nonsense', NULL)
ERROR 22P02: malformed range literal: "nonsense"
DETAIL: Missing left parenthesis or bracket.
a> SELECT lower('[1,2]'), lower('ABC')
lower text | lower text
[1,2]      | abc
SELECT 1
a> SELECT lower(NULL)
lower text
NULL
SELECT 1
a> SELECT '(1,4)'::int4range - '[2,2]'::int4range, int4range(1, 5) * 'empty', 'empty'::int4range + int4range(1, 2)
?column? int4range | ?column? int4range | ?column? int4range
[3,4)              | empty              | [1,2)
SELECT 1
