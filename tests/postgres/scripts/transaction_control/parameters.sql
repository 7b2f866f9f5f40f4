-- SET, SHOW and RESET of parameters: types, units, ranges.

db> SET work_mem = '64MB'
SET
db> SHOW work_mem
work_mem text
64MB
SHOW
db> SET work_mem = 100000
SET
db> SHOW work_mem
work_mem text
100000kB
SHOW
db> SET work_mem TO '1.5GB'
SET
db> SHOW work_mem
work_mem text
1536MB
SHOW
db> SET work_mem = '12 parsecs'
ERROR 22023: invalid value for parameter "work_mem": "12 parsecs"
HINT: Valid units for this parameter are "B", "kB", "MB", "GB", and "TB".
db> SET work_mem = '10 mb'
ERROR 22023: invalid value for parameter "work_mem": "10 mb"
HINT: Valid units for this parameter are "B", "kB", "MB", "GB", and "TB".
db> SET work_mem = 1
ERROR 22023: 1 kB is outside the valid range for parameter "work_mem" (64 .. 2147483647)
db> SET work_mem TO DEFAULT
SET
db> SHOW work_mem
work_mem text
4MB
SHOW
db> SET statement_timeout = '1.5s'
SET
db> SHOW statement_timeout
statement_timeout text
1500ms
SHOW
db> SET statement_timeout = '2 min'
SET
db> SHOW statement_timeout
statement_timeout text
2min
SHOW
db> SET statement_timeout = 90000
SET
db> SHOW statement_timeout
statement_timeout text
90s
SHOW
db> SET statement_timeout = '3 weeks'
ERROR 22023: invalid value for parameter "statement_timeout": "3 weeks"
HINT: Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".
db> SET statement_timeout = 3000000000
ERROR 22023: invalid value for parameter "statement_timeout": "3000000000"
HINT: Value exceeds integer range.
db> SET statement_timeout = '100d'
ERROR 22023: invalid value for parameter "statement_timeout": "100d"
HINT: Value exceeds integer range.
db> SET statement_timeout = ''
ERROR 22023: invalid value for parameter "statement_timeout": ""
db> RESET statement_timeout
RESET
db> SHOW statement_timeout
statement_timeout text
0
SHOW
db> SET enable_seqscan = off
SET
db> SHOW enable_seqscan
enable_seqscan text
off
SHOW
db> SET enable_seqscan = maybe
ERROR 22023: parameter "enable_seqscan" requires a Boolean value
db> SET enable_seqscan TO 'f'
SET
db> SET enable_seqscan = true
SET
db> SHOW enable_seqscan
enable_seqscan text
on
SHOW
db> SET random_page_cost = 1.1
SET
db> SHOW random_page_cost
random_page_cost text
1.1
SHOW
db> SET random_page_cost = -1
ERROR 22023: -1 is outside the valid range for parameter "random_page_cost" (0 .. 1.79769e+308)
db> SET random_page_cost = 'cheap'
ERROR 22023: invalid value for parameter "random_page_cost": "cheap"
db> SET jit_above_cost = 1000000
SET
db> SHOW jit_above_cost
jit_above_cost text
1e+06
SHOW
db> SET synchronous_commit = local
SET
db> SHOW synchronous_commit
synchronous_commit text
local
SHOW
db> SET synchronous_commit = true
SET
db> SHOW synchronous_commit
synchronous_commit text
on
SHOW
db> SET synchronous_commit = sometimes
ERROR 22023: invalid value for parameter "synchronous_commit": "sometimes"
HINT: Available values: local, remote_write, remote_apply, on, off.
db> SET client_min_messages = loud
ERROR 22023: invalid value for parameter "client_min_messages": "loud"
HINT: Available values: debug5, debug4, debug3, debug2, debug1, log, notice, warning, error.
db> SET default_transaction_isolation = 'chaos'
ERROR 22023: invalid value for parameter "default_transaction_isolation": "chaos"
HINT: Available values: serializable, repeatable read, read committed, read uncommitted.
db> SET default_transaction_isolation TO 'repeatable read'
SET
db> SHOW default_transaction_isolation
default_transaction_isolation text
repeatable read
SHOW
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> RESET default_transaction_isolation
RESET
db> SET max_connections = 10
ERROR 55P02: parameter "max_connections" cannot be changed without restarting the server
db> SET server_version = '16'
ERROR 55P02: parameter "server_version" cannot be changed
db> SET autovacuum = off
ERROR 55P02: parameter "autovacuum" cannot be changed now
db> SET log_connections = off
ERROR 55P02: parameter "log_connections" cannot be set after connection start
db> SET no_such_thing TO 1
ERROR 42704: unrecognized configuration parameter "no_such_thing"
db> SHOW no_such_thing
ERROR 42704: unrecognized configuration parameter "no_such_thing"
db> RESET no_such_thing
ERROR 42704: unrecognized configuration parameter "no_such_thing"
db> SET application_name = 'checkout'
SET
db> SHOW application_name
application_name text
checkout
SHOW
db> SET application_name = 'café'
SET
db> SHOW application_name
application_name text
caf??
SHOW
db> SET client_encoding = 'utf-8'
SET
db> SHOW client_encoding
client_encoding text
UTF8
SHOW
db> SET client_encoding = 'klingon'
ERROR 22023: invalid value for parameter "client_encoding": "klingon"
db> SET NAMES 'UTF8'
SET
db> SHOW max_connections
max_connections text
100
SHOW
db> SHOW shared_buffers
shared_buffers text
128MB
SHOW
db> SHOW standard_conforming_strings
standard_conforming_strings text
on
SHOW
db> SHOW server_encoding
server_encoding text
UTF8
SHOW
db> SHOW max_identifier_length
max_identifier_length text
63
SHOW
db> SHOW integer_datetimes
integer_datetimes text
on
SHOW
db> SHOW TRANSACTION ISOLATION LEVEL
transaction_isolation text
read committed
SHOW
db> SET SESSION work_mem = '2MB'
SET
db> SHOW Work_Mem
work_mem text
2MB
SHOW
db> RESET ALL
RESET
db> SHOW work_mem
work_mem text
4MB
SHOW
