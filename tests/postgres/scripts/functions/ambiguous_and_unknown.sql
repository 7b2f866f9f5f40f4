-- 42883 for a function that does not exist, or not with these types.

db> SELECT nonsense(1)
ERROR 42883: function nonsense(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT lower(1)
ERROR 42883: function lower(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT lower('a', 'b')
ERROR 42883: function lower(unknown, unknown) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT length(5)
ERROR 42883: function length(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT round('x')
ERROR 22P02: invalid input syntax for type double precision: "x"
db> SELECT substring(5 from 1)
ERROR 42883: function pg_catalog.substring(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT now(1)
ERROR 42883: function now(integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT coalesce()
ERROR 42601: syntax error at or near ")"
db> SELECT sum()
ERROR 42883: function sum() does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
