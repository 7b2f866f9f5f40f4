-- A cycle that exists only because of the queue's order is resolved by letting one pass, with no victim.

setup> CREATE TABLE t (n int)
CREATE TABLE
setup> CREATE TABLE u (n int)
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
c> BEGIN
BEGIN
a> LOCK t IN ACCESS SHARE MODE
LOCK TABLE
c> LOCK u IN ACCESS EXCLUSIVE MODE
LOCK TABLE
b> LOCK t IN ACCESS EXCLUSIVE MODE
waits
c> LOCK t IN ACCESS SHARE MODE
waits
a> LOCK u IN ACCESS SHARE MODE
waits
sleep 2500ms
c: LOCK TABLE
c> COMMIT
COMMIT
a: LOCK TABLE
a> COMMIT
COMMIT
b: LOCK TABLE
b> COMMIT
COMMIT
