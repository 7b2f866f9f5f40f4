-- Input and output of booleans.

db> SELECT true, false, 't'::bool, 'yes'::bool, 'on'::bool, '1'::bool, 'F'::bool, ' no '::bool
?column? bool | ?column? bool | bool bool | bool bool | bool bool | bool bool | bool bool | bool bool
t             | f             | t         | t         | t         | t         | f         | f
SELECT 1
db> SELECT 'maybe'::bool
ERROR 22P02: invalid input syntax for type boolean: "maybe"
db> SELECT 1::bool, 0::bool, 5::bool, true::int, true::text
bool bool | bool bool | bool bool | int4 int4 | text text
t         | f         | t         | 1         | true
SELECT 1
db> SELECT 1.5::bool
ERROR 42846: cannot cast type numeric to boolean
db> SELECT true > false, true = 't'
?column? bool | ?column? bool
t             | t
SELECT 1
db> SELECT true + 1
ERROR 42883: operator does not exist: boolean + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
