-- Times are shown in the largest unit that fits.

db> SET lock_timeout = 1500
SET
db> SHOW lock_timeout
lock_timeout text
1500ms
SHOW
db> SET lock_timeout = '2min'
SET
db> SHOW lock_timeout
lock_timeout text
2min
SHOW
db> SET statement_timeout = '90s'
SET
db> SHOW statement_timeout
statement_timeout text
90s
SHOW
db> SHOW deadlock_timeout
deadlock_timeout text
1s
SHOW
db> SELECT current_setting('statement_timeout')
current_setting text
90s
SELECT 1
