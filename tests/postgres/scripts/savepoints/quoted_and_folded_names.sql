-- Names of savepoints are folded like any other.

db> BEGIN
BEGIN
db> SAVEPOINT Foo
SAVEPOINT
db> ROLLBACK TO FOO
ROLLBACK
db> SAVEPOINT "Foo"
SAVEPOINT
db> RELEASE foo
RELEASE
db> ROLLBACK
ROLLBACK
