-- A transaction-level lock taken after a savepoint goes with ROLLBACK TO.

a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> SELECT pg_advisory_xact_lock(1)
pg_advisory_xact_lock void
''
SELECT 1
a> ROLLBACK TO s
ROLLBACK
b> SELECT pg_try_advisory_lock(1)
pg_try_advisory_lock bool
t
SELECT 1
a> COMMIT
COMMIT
