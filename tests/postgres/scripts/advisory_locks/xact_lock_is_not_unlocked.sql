-- A transaction lock cannot be given back before the end.

a> BEGIN
BEGIN
a> SELECT pg_advisory_xact_lock(1)
pg_advisory_xact_lock void
''
SELECT 1
a> SELECT pg_advisory_unlock(1)
WARNING 01000: you don't own a lock of type ExclusiveLock
pg_advisory_unlock bool
f
SELECT 1
b> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
f
SELECT 1
a> COMMIT
COMMIT
b> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
t
SELECT 1
