-- All of a session's locks at once.

a> SELECT pg_advisory_lock(1), pg_advisory_lock(2)
pg_advisory_lock void | pg_advisory_lock void
''                    | ''
SELECT 1
a> SELECT pg_advisory_unlock_all()
pg_advisory_unlock_all void
''
SELECT 1
b> SELECT pg_try_advisory_lock(1), pg_try_advisory_lock(2)
pg_try_advisory_lock bool | pg_try_advisory_lock bool
t                         | t
SELECT 1
