-- A parameter that does not exist is an error, not a shrug.

db> SET no_such_parameter = 1
ERROR 42704: unrecognized configuration parameter "no_such_parameter"
db> SHOW no_such_parameter
ERROR 42704: unrecognized configuration parameter "no_such_parameter"
db> SET lock_timeout = 'soon'
ERROR 22023: invalid value for parameter "lock_timeout": "soon"
db> SET lock_timeout = -1
ERROR 22023: -1 ms is outside the valid range for parameter "lock_timeout" (0 .. 2147483647)
db> SET transaction_isolation = 'chaos'
ERROR 22023: invalid value for parameter "transaction_isolation": "chaos"
HINT: Available values: serializable, repeatable read, read committed, read uncommitted.
db> SET my.own = 'x'
SET
db> SHOW my.own
my.own text
x
SHOW
