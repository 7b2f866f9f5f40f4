-- Named arguments.

db> SELECT make_interval(hours => 2), make_date(year => 2024, month => 1, day => 2)
make_interval interval | make_date date
02:00:00               | 2024-01-02
SELECT 1
db> SELECT make_interval(nonsense => 2)
ERROR 42883: function make_interval(nonsense => integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
