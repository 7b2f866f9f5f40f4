-- BEGIN in a transaction is only a warning.

db> BEGIN
BEGIN
db> BEGIN
WARNING 25001: there is already a transaction in progress
BEGIN
db> COMMIT
COMMIT
