-- A session lock is not undone by a rollback.

a> BEGIN
BEGIN
a> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
a> ROLLBACK
ROLLBACK
b> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
f
SELECT 1
disconnect a
b> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
t
SELECT 1
