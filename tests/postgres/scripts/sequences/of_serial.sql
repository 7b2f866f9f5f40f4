-- The sequence of a serial column: its name, and that it goes with the table.

db> CREATE TABLE t (id serial PRIMARY KEY, n int)
CREATE TABLE
db> SELECT pg_get_serial_sequence('t', 'id'), nextval('t_id_seq')
pg_get_serial_sequence text | nextval int8
public.t_id_seq             | 1
SELECT 1
db> INSERT INTO t (n) VALUES (1) RETURNING id
id int4
2
INSERT 0 1
db> INSERT INTO t (id, n) VALUES (3, 1)
INSERT 0 1
db> INSERT INTO t (n) VALUES (1)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(3) already exists.
CONSTRAINT: t_pkey
db> INSERT INTO t (n) VALUES (1) RETURNING id
id int4
4
INSERT 0 1
db> DROP TABLE t
DROP TABLE
db> SELECT nextval('t_id_seq')
ERROR 42P01: relation "t_id_seq" does not exist
