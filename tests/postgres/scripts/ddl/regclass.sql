-- Names as regclass.

db> CREATE TABLE t (n int)
CREATE TABLE
db> SELECT 't'::regclass AS name
name regclass
t
SELECT 1
db> SELECT 'nowhere'::regclass
ERROR 42P01: relation "nowhere" does not exist
