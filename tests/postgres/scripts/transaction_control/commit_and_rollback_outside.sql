-- COMMIT and ROLLBACK outside of a transaction warn.

db> COMMIT
WARNING 25P01: there is no transaction in progress
COMMIT
db> ROLLBACK
WARNING 25P01: there is no transaction in progress
ROLLBACK
db> END
WARNING 25P01: there is no transaction in progress
COMMIT
db> ABORT
WARNING 25P01: there is no transaction in progress
ROLLBACK
