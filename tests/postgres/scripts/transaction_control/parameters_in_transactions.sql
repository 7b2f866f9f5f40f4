-- What SET and SET LOCAL leave behind when a transaction or a savepoint ends.

db> SET lock_timeout = '1s'
SET
db> BEGIN
BEGIN
db> SET lock_timeout = '2s'
SET
db> SET LOCAL work_mem = '1MB'
SET
db> SHOW lock_timeout
lock_timeout text
2s
SHOW
db> SHOW work_mem
work_mem text
1MB
SHOW
db> ROLLBACK
ROLLBACK
db> SHOW lock_timeout
lock_timeout text
1s
SHOW
db> SHOW work_mem
work_mem text
4MB
SHOW
db> BEGIN
BEGIN
db> SET lock_timeout = '3s'
SET
db> SET LOCAL lock_timeout = '4s'
SET
db> SHOW lock_timeout
lock_timeout text
4s
SHOW
db> COMMIT
COMMIT
db> SHOW lock_timeout
lock_timeout text
3s
SHOW
db> BEGIN
BEGIN
db> SET LOCAL lock_timeout = '5s'
SET
db> SET lock_timeout = '6s'
SET
db> SHOW lock_timeout
lock_timeout text
6s
SHOW
db> COMMIT
COMMIT
db> SHOW lock_timeout
lock_timeout text
6s
SHOW
db> BEGIN
BEGIN
db> SET LOCAL lock_timeout = '7s'
SET
db> SAVEPOINT a
SAVEPOINT
db> SET LOCAL lock_timeout = '8s'
SET
db> SET application_name = 'inner'
SET
db> SHOW lock_timeout
lock_timeout text
8s
SHOW
db> ROLLBACK TO a
ROLLBACK
db> SHOW lock_timeout
lock_timeout text
7s
SHOW
db> SHOW application_name
application_name text
''
SHOW
db> SAVEPOINT b
SAVEPOINT
db> SET LOCAL lock_timeout = '9s'
SET
db> SET application_name = 'kept'
SET
db> RELEASE b
RELEASE
db> SHOW lock_timeout
lock_timeout text
9s
SHOW
db> COMMIT
COMMIT
db> SHOW lock_timeout
lock_timeout text
6s
SHOW
db> SHOW application_name
application_name text
kept
SHOW
db> BEGIN
BEGIN
db> SET application_name = 'lost'
SET
db> SELECT 1 / 0
ERROR 22012: division by zero
db> SHOW application_name
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> COMMIT
ROLLBACK
db> SHOW application_name
application_name text
kept
SHOW
db> BEGIN
BEGIN
db> RESET lock_timeout
RESET
db> SHOW lock_timeout
lock_timeout text
0
SHOW
db> ROLLBACK
ROLLBACK
db> SHOW lock_timeout
lock_timeout text
6s
SHOW
db> SET LOCAL lock_timeout = '1s'
WARNING 25P01: SET LOCAL can only be used in transaction blocks
SET
db> SET LOCAL lock_timeout = 'x'
WARNING 25P01: SET LOCAL can only be used in transaction blocks
ERROR 22023: invalid value for parameter "lock_timeout": "x"
db> SHOW lock_timeout
lock_timeout text
6s
SHOW
