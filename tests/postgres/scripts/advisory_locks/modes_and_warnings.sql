-- Advisory locks of session and transaction, shared and not, tried, and given back too often.

a> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
a> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
b> SELECT pg_try_advisory_lock(1), pg_try_advisory_lock_shared(1), pg_try_advisory_lock(1, 0)
pg_try_advisory_lock bool | pg_try_advisory_lock_shared bool | pg_try_advisory_lock bool
f                         | f                                | t
SELECT 1
b> SELECT pg_advisory_lock_shared(1)
waits
a> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
a> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
b: pg_advisory_lock_shared void
b: ''
b: SELECT 1
a> SELECT pg_advisory_unlock(1)
WARNING 01000: you don't own a lock of type ExclusiveLock
pg_advisory_unlock bool
f
SELECT 1
a> SELECT pg_advisory_unlock_shared(1)
WARNING 01000: you don't own a lock of type ShareLock
pg_advisory_unlock_shared bool
f
SELECT 1
b> SELECT pg_advisory_unlock(1), pg_advisory_unlock_shared(1)
WARNING 01000: you don't own a lock of type ExclusiveLock
pg_advisory_unlock bool | pg_advisory_unlock_shared bool
f                       | t
SELECT 1
a> BEGIN
BEGIN
a> SELECT pg_advisory_xact_lock(2), pg_advisory_xact_lock_shared(3)
pg_advisory_xact_lock void | pg_advisory_xact_lock_shared void
''                         | ''
SELECT 1
b> SELECT pg_try_advisory_xact_lock(2), pg_try_advisory_xact_lock_shared(3)
pg_try_advisory_xact_lock bool | pg_try_advisory_xact_lock_shared bool
f                              | t
SELECT 1
a> SELECT pg_advisory_unlock(2)
WARNING 01000: you don't own a lock of type ExclusiveLock
pg_advisory_unlock bool
f
SELECT 1
a> SAVEPOINT s
SAVEPOINT
a> SELECT pg_advisory_xact_lock(4)
pg_advisory_xact_lock void
''
SELECT 1
a> ROLLBACK TO s
ROLLBACK
b> SELECT pg_try_advisory_lock(4)
pg_try_advisory_lock bool
t
SELECT 1
a> COMMIT
COMMIT
b> SELECT pg_try_advisory_lock(2)
pg_try_advisory_lock bool
t
SELECT 1
b> SELECT pg_advisory_unlock_all()
pg_advisory_unlock_all void
''
SELECT 1
a> SELECT pg_try_advisory_lock(2), pg_try_advisory_lock(4)
pg_try_advisory_lock bool | pg_try_advisory_lock bool
t                         | t
SELECT 1
a> SELECT pg_advisory_lock(9)
pg_advisory_lock void
''
SELECT 1
b> BEGIN
BEGIN
b> SELECT pg_advisory_xact_lock(9)
waits
disconnect a
b: pg_advisory_xact_lock void
b: ''
b: SELECT 1
b> ROLLBACK
ROLLBACK
