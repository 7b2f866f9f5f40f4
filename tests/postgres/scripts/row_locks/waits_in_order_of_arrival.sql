-- Waiters get the row in the order in which they came.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT n FROM t FOR UPDATE
n int4
0
SELECT 1
b> BEGIN
BEGIN
b> SELECT n FROM t FOR UPDATE
waits
c> BEGIN
BEGIN
c> SELECT n FROM t FOR UPDATE
waits
d> BEGIN
BEGIN
d> SELECT n FROM t FOR UPDATE
waits
a> COMMIT
COMMIT
b: n int4
b: 0
b: SELECT 1
b> COMMIT
COMMIT
c: n int4
c: 0
c: SELECT 1
c> COMMIT
COMMIT
d: n int4
d: 0
d: SELECT 1
d> COMMIT
COMMIT
