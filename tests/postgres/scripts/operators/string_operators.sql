-- On text.

db> SELECT 'a' || 'b' || 'c', 'abc' ~ 'b', 'a' LIKE 'a', 'x' || NULL::text IS NULL, 'abc'::varchar || 'd'::char(3), 'a'::varchar = 'a'::text
?column? text | ?column? bool | ?column? bool | ?column? bool | ?column? text | ?column? bool
abc           | t             | t             | t             | abcd          | t
SELECT 1
db> SELECT 'x' - 'y'
ERROR 42725: operator is not unique: unknown - unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
