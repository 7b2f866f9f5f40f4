-- Names fold to lower case unless quoted.

db> CREATE TABLE Foo (Bar int, "Baz" int)
CREATE TABLE
db> INSERT INTO FOO (BAR, "Baz") VALUES (1, 2)
INSERT 0 1
db> SELECT * FROM foo
bar int4 | Baz int4
1        | 2
SELECT 1
db> SELECT baz FROM foo
ERROR 42703: column "baz" does not exist
HINT: Perhaps you meant to reference the column "foo.bar" or the column "foo.Baz".
db> SELECT "Baz" FROM foo
Baz int4
2
SELECT 1
db> SELECT * FROM "Foo"
ERROR 42P01: relation "Foo" does not exist
