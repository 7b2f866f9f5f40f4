-- SET LOCAL lasts until the end of the transaction; SET is undone by a rollback.

db> BEGIN
BEGIN
db> SET LOCAL lock_timeout = '1s'
SET
db> SHOW lock_timeout
lock_timeout text
1s
SHOW
db> COMMIT
COMMIT
db> SHOW lock_timeout
lock_timeout text
0
SHOW
db> BEGIN
BEGIN
db> SET lock_timeout = '2s'
SET
db> ROLLBACK
ROLLBACK
db> SHOW lock_timeout
lock_timeout text
0
SHOW
db> BEGIN
BEGIN
db> SET lock_timeout = '3s'
SET
db> COMMIT
COMMIT
db> SHOW lock_timeout
lock_timeout text
3s
SHOW
db> RESET lock_timeout
RESET
db> SHOW lock_timeout
lock_timeout text
0
SHOW
