-- DEFERRABLE keys: after the statement, or at the commit; SET CONSTRAINTS decides.

db> CREATE TABLE seat (id int PRIMARY KEY, pos int CONSTRAINT seat_pos UNIQUE DEFERRABLE)
CREATE TABLE
db> INSERT INTO seat VALUES (1, 1), (2, 2), (3, 3)
INSERT 0 3
db> UPDATE seat SET pos = 4 - pos
UPDATE 3
db> SELECT * FROM seat ORDER BY id
id int4 | pos int4
1       | 3
2       | 2
3       | 1
SELECT 3
db> UPDATE seat SET pos = 1
ERROR 23505: duplicate key value violates unique constraint "seat_pos"
DETAIL: Key (pos)=(1) already exists.
CONSTRAINT: seat_pos
db> INSERT INTO seat VALUES (4, 1)
ERROR 23505: duplicate key value violates unique constraint "seat_pos"
DETAIL: Key (pos)=(1) already exists.
CONSTRAINT: seat_pos
db> BEGIN
BEGIN
db> UPDATE seat SET pos = 2 WHERE id = 1
ERROR 23505: duplicate key value violates unique constraint "seat_pos"
DETAIL: Key (pos)=(2) already exists.
CONSTRAINT: seat_pos
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SET CONSTRAINTS seat_pos DEFERRED
SET CONSTRAINTS
db> UPDATE seat SET pos = 2 WHERE id = 1
UPDATE 1
db> UPDATE seat SET pos = 3 WHERE id = 2
UPDATE 1
db> COMMIT
COMMIT
db> SELECT * FROM seat ORDER BY id
id int4 | pos int4
1       | 2
2       | 3
3       | 1
SELECT 3
db> BEGIN
BEGIN
db> SET CONSTRAINTS ALL DEFERRED
SET CONSTRAINTS
db> UPDATE seat SET pos = 1 WHERE id = 1
UPDATE 1
db> SET CONSTRAINTS seat_pos IMMEDIATE
ERROR 23505: duplicate key value violates unique constraint "seat_pos"
DETAIL: Key (pos)=(1) already exists.
CONSTRAINT: seat_pos
db> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SET CONSTRAINTS ALL DEFERRED
SET CONSTRAINTS
db> UPDATE seat SET pos = 1 WHERE id = 1
UPDATE 1
db> SAVEPOINT s
SAVEPOINT
db> SET CONSTRAINTS ALL IMMEDIATE
ERROR 23505: duplicate key value violates unique constraint "seat_pos"
DETAIL: Key (pos)=(1) already exists.
CONSTRAINT: seat_pos
db> ROLLBACK TO s
ROLLBACK
db> UPDATE seat SET pos = 2 WHERE id = 3
UPDATE 1
db> SET CONSTRAINTS ALL IMMEDIATE
SET CONSTRAINTS
db> COMMIT
COMMIT
db> SELECT * FROM seat ORDER BY id
id int4 | pos int4
1       | 1
2       | 3
3       | 2
SELECT 3
db> BEGIN
BEGIN
db> SET CONSTRAINTS seat_pkey DEFERRED
ERROR 42809: constraint "seat_pkey" is not deferrable
db> ROLLBACK
ROLLBACK
db> SET CONSTRAINTS seat_pkey IMMEDIATE
WARNING 25P01: SET CONSTRAINTS can only be used in transaction blocks
SET CONSTRAINTS
db> SET CONSTRAINTS seat_pos DEFERRED
WARNING 25P01: SET CONSTRAINTS can only be used in transaction blocks
SET CONSTRAINTS
db> INSERT INTO seat VALUES (5, 1)
ERROR 23505: duplicate key value violates unique constraint "seat_pos"
DETAIL: Key (pos)=(1) already exists.
CONSTRAINT: seat_pos
db> INSERT INTO seat VALUES (5, 1) ON CONFLICT DO NOTHING
ERROR 55000: ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters
CONSTRAINT: seat_pos
db> INSERT INTO seat VALUES (5, 1) ON CONFLICT (pos) DO NOTHING
ERROR 55000: ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters
CONSTRAINT: seat_pos
db> INSERT INTO seat VALUES (1, 7) ON CONFLICT (id) DO UPDATE SET pos = excluded.pos
INSERT 0 1
db> INSERT INTO seat VALUES (1, 8) ON CONFLICT ON CONSTRAINT seat_pos DO NOTHING
ERROR 55000: ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters
CONSTRAINT: seat_pos
db> CREATE TABLE k (p int REFERENCES seat (pos))
ERROR 55000: cannot use a deferrable unique constraint for referenced table "seat"
