-- Waiters are served in order.

a> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
b> SELECT pg_advisory_lock(1)
waits
c> SELECT pg_advisory_lock(1)
waits
a> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
b: pg_advisory_lock void
b: ''
b: SELECT 1
b> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
c: pg_advisory_lock void
c: ''
c: SELECT 1
c> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
