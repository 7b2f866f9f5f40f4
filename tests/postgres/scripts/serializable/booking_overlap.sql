-- No overlapping bookings: both look, both insert; one must go.

setup> CREATE TABLE booking (id serial PRIMARY KEY, room int, starts int, ends int)
CREATE TABLE
setup> CREATE INDEX ON booking (room, starts)
CREATE INDEX
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT count(*) FROM booking WHERE room = 1 AND starts < 12 AND ends > 10
count int8
0
SELECT 1
b> SELECT count(*) FROM booking WHERE room = 1 AND starts < 13 AND ends > 11
count int8
0
SELECT 1
a> INSERT INTO booking (room, starts, ends) VALUES (1, 10, 12)
INSERT 0 1
b> INSERT INTO booking (room, starts, ends) VALUES (1, 11, 13)
INSERT 0 1
b> COMMIT
COMMIT
a> COMMIT
ERROR 40001: could not serialize access due to read/write dependencies among transactions
HINT: The transaction might succeed if retried.
a> ROLLBACK
WARNING 25P01: there is no transaction in progress
ROLLBACK
setup> SELECT room, starts FROM booking
room int4 | starts int4
1         | 11
SELECT 1
