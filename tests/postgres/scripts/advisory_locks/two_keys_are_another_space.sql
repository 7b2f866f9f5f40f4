-- (int, int) keys do not meet bigint keys.

a> SELECT pg_advisory_lock(1, 2)
pg_advisory_lock void
''
SELECT 1
b> SELECT pg_try_advisory_lock(1, 2)
pg_try_advisory_lock bool
f
SELECT 1
b> SELECT pg_try_advisory_lock(2)
pg_try_advisory_lock bool
t
SELECT 1
b> SELECT pg_try_advisory_lock(4294967298)
pg_try_advisory_lock bool
t
SELECT 1
