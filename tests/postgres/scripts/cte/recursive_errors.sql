-- What a recursive query may not be.

db> WITH RECURSIVE c (n) AS (SELECT n FROM c) SELECT * FROM c
ERROR 42P19: recursive query "c" does not have the form non-recursive-term UNION [ALL] recursive-term
db> WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n FROM c, c d) SELECT * FROM c
ERROR 42P19: recursive reference to query "c" must not appear more than once
db> WITH c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT * FROM c
ERROR 42P01: relation "c" does not exist
DETAIL: There is a WITH item named "c", but it cannot be referenced from this part of the query.
HINT: Use WITH RECURSIVE, or re-order the WITH items to remove forward references.
db> WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT 'x' FROM c) SELECT * FROM c
ERROR 22P02: invalid input syntax for type integer: "x"
