-- Where broken INSERT, UPDATE, DELETE, MERGE break.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> INSERT
ERROR 42601: syntax error at end of input
db> INSERT INTO
ERROR 42601: syntax error at end of input
db> INSERT t VALUES (1)
ERROR 42601: syntax error at or near "t"
db> INSERT INTO t
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2),
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES 1, 2
ERROR 42601: syntax error at or near "1"
db> INSERT INTO t VALUE (1, 2)
ERROR 42601: syntax error at or near "VALUE"
db> INSERT INTO t (id, n VALUES (1, 2)
ERROR 42601: syntax error at or near "VALUES"
db> INSERT INTO t (id,) VALUES (1)
ERROR 42601: syntax error at or near ")"
db> INSERT INTO t () VALUES ()
ERROR 42601: syntax error at or near ")"
db> INSERT INTO t SET id = 1
ERROR 42601: syntax error at or near "SET"
db> INSERT INTO t u VALUES (1)
ERROR 42601: syntax error at or near "u"
db> INSERT INTO t DEFAULT
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) ON
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) ON CONFLICT
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) ON CONFLICT DO
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) ON CONFLICT DO UPDATE
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) ON CONFLICT DO UPDATE SET n = 1
ERROR 42601: ON CONFLICT DO UPDATE requires inference specification or constraint name
HINT: For example, ON CONFLICT (column_name).
db> INSERT INTO t VALUES (1, 2) ON CONFLICT (id) UPDATE SET n = 1
ERROR 42601: syntax error at or near "UPDATE"
db> INSERT INTO t VALUES (1, 2) ON CONFLICT id DO NOTHING
ERROR 42601: syntax error at or near "id"
db> INSERT INTO t VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) ON CONFLICT ON t_pkey DO NOTHING
ERROR 42601: syntax error at or near "t_pkey"
db> INSERT INTO t VALUES (1, 2) ON DUPLICATE KEY UPDATE n = 1
ERROR 42601: syntax error at or near "DUPLICATE"
db> INSERT INTO t VALUES (1, 2) RETURNING
ERROR 42601: syntax error at end of input
db> INSERT INTO t VALUES (1, 2) WHERE true
ERROR 42601: syntax error at or near "WHERE"
db> INSERT OR REPLACE INTO t VALUES (1, 2)
ERROR 42601: syntax error at or near "OR"
db> REPLACE INTO t VALUES (1, 2)
ERROR 42601: syntax error at or near "REPLACE"
db> UPDATE
ERROR 42601: syntax error at end of input
db> UPDATE t
ERROR 42601: syntax error at end of input
db> UPDATE t SET
ERROR 42601: syntax error at end of input
db> UPDATE t SET n
ERROR 42601: syntax error at end of input
db> UPDATE t SET n =
ERROR 42601: syntax error at end of input
db> UPDATE t SET n = 1,
ERROR 42601: syntax error at end of input
db> UPDATE t SET n == 1
ERROR 42601: syntax error at or near "=="
db> UPDATE t SET (n) 1
ERROR 42601: syntax error at or near "1"
db> UPDATE t SET n = 1 WHERE
ERROR 42601: syntax error at end of input
db> UPDATE t SET n = 1 AND id = 2 WHERE
ERROR 42601: syntax error at end of input
db> UPDATE t SET n = 1 FROM
ERROR 42601: syntax error at end of input
db> UPDATE t SET n = 1 LIMIT 1
ERROR 42601: syntax error at or near "LIMIT"
db> UPDATE t SET n = 1 ORDER BY 1
ERROR 42601: syntax error at or near "ORDER"
db> UPDATE t JOIN t u ON true SET n = 1
ERROR 42601: syntax error at or near "JOIN"
db> UPDATE t, t SET n = 1
ERROR 42601: syntax error at or near ","
db> UPDATE t SET t.n = 1
ERROR 42703: column "t" of relation "t" does not exist
db> UPDATE t WHERE id = 1
ERROR 42601: syntax error at or near "WHERE"
db> UPDATE ONLY t SET n = 1 WHERE false
UPDATE 0
db> UPDATE t AS u SET n = u.n WHERE false
UPDATE 0
db> UPDATE t u SET n = u.n WHERE false
UPDATE 0
db> DELETE
ERROR 42601: syntax error at end of input
db> DELETE t
ERROR 42601: syntax error at or near "t"
db> DELETE FROM
ERROR 42601: syntax error at end of input
db> DELETE * FROM t
ERROR 42601: syntax error at or near "*"
db> DELETE FROM t WHERE
ERROR 42601: syntax error at end of input
db> DELETE FROM t u, t v
ERROR 42601: syntax error at or near ","
db> DELETE FROM t USING
ERROR 42601: syntax error at end of input
db> DELETE FROM t LIMIT 1
ERROR 42601: syntax error at or near "LIMIT"
db> DELETE FROM t RETURNING
ERROR 42601: syntax error at end of input
db> DELETE FROM t WHERE false RETURNING *
id int4 | n int4
DELETE 0
db> DELETE FROM t WHERE CURRENT
ERROR 42703: column "current" does not exist
db> MERGE
ERROR 42601: syntax error at end of input
db> MERGE t USING t u ON true
ERROR 42601: syntax error at or near "t"
db> MERGE INTO t USING t u ON true
ERROR 42601: syntax error at end of input
db> MERGE INTO t USING t u WHEN MATCHED THEN DELETE
ERROR 42601: syntax error at or near "WHEN"
db> MERGE INTO t USING t u ON true WHEN MATCHED DELETE
ERROR 42601: syntax error at or near "DELETE"
db> MERGE INTO t USING t u ON true WHEN MATCHED THEN INSERT VALUES (1)
ERROR 42601: syntax error at or near "INSERT"
db> MERGE INTO t USING t u ON true WHEN NOT MATCHED THEN DELETE
ERROR 42601: syntax error at or near "DELETE"
db> TRUNCATE
ERROR 42601: syntax error at end of input
db> TRUNCATE TABLE
ERROR 42601: syntax error at end of input
db> TRUNCATE t,
ERROR 42601: syntax error at end of input
db> TRUNCATE t RESTART
ERROR 42601: syntax error at end of input
db> TRUNCATE t WHERE true
ERROR 42601: syntax error at or near "WHERE"
db> LOCK
ERROR 42601: syntax error at end of input
db> LOCK TABLE t IN SHARE
ERROR 42601: syntax error at end of input
db> LOCK TABLE t IN NO MODE
ERROR 42601: syntax error at or near "NO"
db> LOCK TABLE t IN ROW UPDATE MODE
ERROR 42601: syntax error at or near "UPDATE"
db> SELECT * FROM t
id int4 | n int4
SELECT 0
