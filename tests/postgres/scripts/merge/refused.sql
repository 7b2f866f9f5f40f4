-- More of what MERGE refuses, before and while it runs.

db> CREATE TABLE t (id int PRIMARY KEY, n int, g int GENERATED ALWAYS AS (n * 2) STORED)
CREATE TABLE
db> CREATE TABLE s (id int, n int)
CREATE TABLE
db> CREATE TABLE i (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int)
CREATE TABLE
db> INSERT INTO s VALUES (1, 1), (1, 2), (2, 3)
INSERT 0 3
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, t.n)
ERROR 42P01: invalid reference to FROM-clause entry for table "t"
HINT: There is an entry for table "t", but it cannot be referenced from this part of the query.
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DO NOTHING
ERROR 42601: unreachable WHEN clause specified after unconditional WHEN clause
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id)
ERROR 42601: INSERT has more target columns than expressions
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id, s.n)
ERROR 42601: INSERT has more expressions than target columns
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, id) VALUES (s.id, s.n)
ERROR 42701: column "id" specified more than once
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, nowhere) VALUES (s.id, s.n)
ERROR 42703: column "nowhere" of relation "t" does not exist
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, n, g) VALUES (s.id, s.n, 7)
ERROR 428C9: cannot insert a non-DEFAULT value into column "g"
DETAIL: Column "g" is a generated column.
db> MERGE INTO t USING t ON true WHEN MATCHED THEN DELETE
ERROR 42712: name "t" specified more than once
DETAIL: The name is used both as MERGE target table and data source.
db> MERGE INTO t USING s ON t.id = s.nowhere WHEN MATCHED THEN DELETE
ERROR 42703: column s.nowhere does not exist
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND count(*) > 1 THEN DELETE
ERROR 42803: aggregate functions are not allowed in MERGE WHEN conditions
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND 1 THEN DELETE
ERROR 42804: argument of WHEN must be type boolean, not type integer
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET g = 1
ERROR 428C9: column "g" can only be updated to DEFAULT
DETAIL: Column "g" is a generated column.
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 1, n = 2
ERROR 42601: multiple assignments to same column "n"
db> MERGE INTO i USING s ON i.id = s.id WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)
ERROR 428C9: cannot insert a non-DEFAULT value into column "id"
DETAIL: Column "id" is an identity column defined as GENERATED ALWAYS.
HINT: Use OVERRIDING SYSTEM VALUE to override.
db> MERGE INTO i USING s ON i.id = s.n + 90 WHEN NOT MATCHED THEN INSERT (n) VALUES (s.n)
MERGE 3
db> SELECT * FROM i ORDER BY id
id int4 | n int4
1       | 1
2       | 2
3       | 3
SELECT 3
db> MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: t_pkey
db> MERGE INTO t USING (SELECT DISTINCT ON (id) * FROM s ORDER BY id, n DESC) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)
MERGE 2
db> SELECT * FROM t ORDER BY id
id int4 | n int4 | g int4
1       | 2      | 4
2       | 3      | 6
SELECT 2
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.n < 3 THEN UPDATE SET n = t.n + s.n
ERROR 21000: MERGE command cannot affect row a second time
HINT: Ensure that not more than one source row matches any one target row.
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.n = 2 THEN DELETE
MERGE 1
db> BEGIN READ ONLY
BEGIN
db> MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE
ERROR 25006: cannot execute MERGE in a read-only transaction
db> ROLLBACK
ROLLBACK
db> MERGE INTO nowhere USING s ON true WHEN MATCHED THEN DELETE
ERROR 42P01: relation "nowhere" does not exist
