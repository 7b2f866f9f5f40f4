-- A domain is a type with a check.

db> CREATE DOMAIN positive AS int CHECK (VALUE > 0)
CREATE DOMAIN
db> CREATE TABLE t (n positive)
CREATE TABLE
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> INSERT INTO t VALUES (0)
ERROR 23514: value for domain positive violates check constraint "positive_check"
CONSTRAINT: positive_check
db> SELECT 5::positive + 1 AS sum
sum int4
6
SELECT 1
db> SELECT (-5)::positive
ERROR 23514: value for domain positive violates check constraint "positive_check"
CONSTRAINT: positive_check
db> CREATE DOMAIN name_ AS text NOT NULL
CREATE DOMAIN
db> SELECT NULL::name_
ERROR 23502: domain name_ does not allow null values
