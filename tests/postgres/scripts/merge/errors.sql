-- What MERGE refuses.

db> CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1)
INSERT 0 1
db> MERGE INTO t USING (VALUES (1), (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = t.n + 1
ERROR 21000: MERGE command cannot affect row a second time
HINT: Ensure that not more than one source row matches any one target row.
db> MERGE INTO t USING (VALUES (5)) s (id) ON t.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, NULL)
ERROR 23502: null value in column "n" of relation "t" violates not-null constraint
DETAIL: Failing row contains (5, null).
db> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET nowhere = 1
ERROR 42703: column "nowhere" of relation "t" does not exist
db> MERGE INTO t USING nowhere s ON t.id = s.id WHEN MATCHED THEN DELETE
ERROR 42P01: relation "nowhere" does not exist
db> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN NOT MATCHED THEN UPDATE SET n = 1
ERROR 42601: syntax error at or near "UPDATE"
db> MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 1 RETURNING n
ERROR 42601: syntax error at or near "RETURNING"
