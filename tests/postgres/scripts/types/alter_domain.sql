-- ALTER and DROP DOMAIN.

a> CREATE DOMAIN qty AS int
CREATE DOMAIN
a> CREATE TABLE t (id int, q qty)
CREATE TABLE
a> INSERT INTO t VALUES (1, 5), (2, -1), (3, NULL)
INSERT 0 3
a> ALTER DOMAIN qty ADD CONSTRAINT positive CHECK (VALUE > 0)
ERROR 23514: column "q" of table "t" contains values that violate the new constraint
a> ALTER DOMAIN qty ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID
ALTER DOMAIN
a> INSERT INTO t VALUES (4, -4)
ERROR 23514: value for domain qty violates check constraint "positive"
CONSTRAINT: positive
a> ALTER DOMAIN qty VALIDATE CONSTRAINT positive
ERROR 23514: column "q" of table "t" contains values that violate the new constraint
a> UPDATE t SET q = 1 WHERE q < 0
UPDATE 1
a> ALTER DOMAIN qty VALIDATE CONSTRAINT positive
ALTER DOMAIN
a> ALTER DOMAIN qty VALIDATE CONSTRAINT nope
ERROR 42704: constraint "nope" of domain "qty" does not exist
a> ALTER DOMAIN qty ADD CONSTRAINT positive CHECK (VALUE > 1)
ERROR 42710: constraint "positive" for domain "qty" already exists
a> ALTER DOMAIN qty ADD CHECK (VALUE < 100)
ALTER DOMAIN
a> INSERT INTO t VALUES (5, 100)
ERROR 23514: value for domain qty violates check constraint "qty_check"
CONSTRAINT: qty_check
a> ALTER DOMAIN qty RENAME CONSTRAINT qty_check TO limited
ALTER DOMAIN
a> INSERT INTO t VALUES (5, 100)
ERROR 23514: value for domain qty violates check constraint "limited"
CONSTRAINT: limited
a> ALTER DOMAIN qty RENAME CONSTRAINT nope TO other
ERROR 42704: constraint "nope" for domain qty does not exist
a> ALTER DOMAIN qty SET NOT NULL
ERROR 23502: column "q" of table "t" contains null values
a> DELETE FROM t WHERE q IS NULL
DELETE 1
a> ALTER DOMAIN qty SET NOT NULL
ALTER DOMAIN
a> INSERT INTO t VALUES (6, NULL)
ERROR 23502: domain qty does not allow null values
a> INSERT INTO t VALUES (6)
ERROR 23502: domain qty does not allow null values
a> ALTER DOMAIN qty SET DEFAULT 7
ALTER DOMAIN
a> INSERT INTO t VALUES (6)
INSERT 0 1
a> ALTER DOMAIN qty DROP DEFAULT
ALTER DOMAIN
a> ALTER DOMAIN qty DROP NOT NULL
ALTER DOMAIN
a> INSERT INTO t VALUES (8)
INSERT 0 1
a> ALTER DOMAIN qty DROP CONSTRAINT positive
ALTER DOMAIN
a> ALTER DOMAIN qty DROP CONSTRAINT positive
ERROR 42704: constraint "positive" of domain "qty" does not exist
a> ALTER DOMAIN qty DROP CONSTRAINT IF EXISTS positive
NOTICE 00000: constraint "positive" of domain "qty" does not exist, skipping
ALTER DOMAIN
a> INSERT INTO t VALUES (9, -9)
INSERT 0 1
a> SELECT * FROM t ORDER BY id
id int4 | q int4
1       | 5
2       | 1
6       | 7
8       | NULL
9       | -9
SELECT 5
a> ALTER DOMAIN qty RENAME TO amount
ALTER DOMAIN
a> SELECT 200::amount
ERROR 23514: value for domain amount violates check constraint "limited"
CONSTRAINT: limited
a> SELECT 200::qty
ERROR 42704: type "qty" does not exist
a> DROP DOMAIN amount
ERROR 2BP01: cannot drop type amount because other objects depend on it
DETAIL: column q of table t depends on type amount
HINT: Use DROP ... CASCADE to drop the dependent objects too.
a> DROP DOMAIN nope
ERROR 42704: type "nope" does not exist
a> DROP DOMAIN IF EXISTS nope
NOTICE 00000: type "nope" does not exist, skipping
DROP DOMAIN
a> DROP TYPE amount
ERROR 2BP01: cannot drop type amount because other objects depend on it
DETAIL: column q of table t depends on type amount
HINT: Use DROP ... CASCADE to drop the dependent objects too.
a> CREATE TYPE e AS ENUM ('a')
CREATE TYPE
a> DROP DOMAIN e
ERROR 42809: "e" is not a domain
a> ALTER DOMAIN e SET NOT NULL
ERROR 42809: e is not a domain
a> DROP DOMAIN amount CASCADE
NOTICE 00000: drop cascades to column q of table t
DROP DOMAIN
a> SELECT * FROM t ORDER BY id
id int4
1
2
6
8
9
SELECT 5
a> SELECT 1::amount
ERROR 42704: type "amount" does not exist
