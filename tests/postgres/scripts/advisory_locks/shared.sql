-- Shared locks share.

a> SELECT pg_advisory_lock_shared(1)
pg_advisory_lock_shared void
''
SELECT 1
b> SELECT pg_try_advisory_lock_shared(1)
pg_try_advisory_lock_shared bool
t
SELECT 1
c> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
f
SELECT 1
a> SELECT pg_advisory_unlock_shared(1)
pg_advisory_unlock_shared bool
t
SELECT 1
b> SELECT pg_advisory_unlock_shared(1)
pg_advisory_unlock_shared bool
t
SELECT 1
c> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
t
SELECT 1
a> SELECT pg_try_advisory_lock_shared(1)
pg_try_advisory_lock_shared bool
f
SELECT 1
c> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
