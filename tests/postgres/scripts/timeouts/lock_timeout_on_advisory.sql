-- And for an advisory lock.

a> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
b> SET lock_timeout = '200ms'
SET
b> SELECT pg_advisory_lock(1)
waits
sleep 500ms
b: ERROR 55P03: canceling statement due to lock timeout
