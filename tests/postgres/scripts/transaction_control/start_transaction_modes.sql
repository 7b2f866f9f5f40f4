-- START TRANSACTION, with several modes, with and without commas.

db> START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
START TRANSACTION
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> SHOW transaction_read_only
transaction_read_only text
on
SHOW
db> COMMIT
COMMIT
db> BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE
BEGIN
db> SHOW transaction_deferrable
transaction_deferrable text
on
SHOW
db> COMMIT WORK
COMMIT
db> BEGIN TRANSACTION
BEGIN
db> ROLLBACK WORK
ROLLBACK
