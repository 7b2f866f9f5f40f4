-- A transaction lock goes at the end of the transaction.

a> BEGIN
BEGIN
a> SELECT pg_advisory_xact_lock(7)
pg_advisory_xact_lock void
''
SELECT 1
b> SELECT pg_try_advisory_xact_lock(7)
pg_try_advisory_xact_lock bool
f
SELECT 1
b> SELECT pg_advisory_xact_lock(7)
waits
a> COMMIT
COMMIT
b: pg_advisory_xact_lock void
b: ''
b: SELECT 1
