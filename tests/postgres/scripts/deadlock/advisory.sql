-- Advisory locks take part.

a> SELECT pg_advisory_lock(1)
pg_advisory_lock void
''
SELECT 1
b> SELECT pg_advisory_lock(2)
pg_advisory_lock void
''
SELECT 1
a> SELECT pg_advisory_lock(2)
waits
b> SELECT pg_advisory_lock(1)
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ExclusiveLock on advisory lock [#,#,#,#]; blocked by process #.\nProcess # waits for ExclusiveLock on advisory lock [#,#,#,#]; blocked by process #.
a: HINT: See server log for query details.
a> SELECT pg_advisory_unlock(1)
pg_advisory_unlock bool
t
SELECT 1
b: pg_advisory_lock void
b: ''
b: SELECT 1
