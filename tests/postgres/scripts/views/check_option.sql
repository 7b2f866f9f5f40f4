-- WITH CHECK OPTION.

db> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE VIEW small AS SELECT * FROM t WHERE n < 10
CREATE VIEW
db> CREATE VIEW local_positive AS SELECT * FROM small WHERE n > 0 WITH LOCAL CHECK OPTION
CREATE VIEW
db> CREATE VIEW both AS SELECT * FROM small WHERE n > 0 WITH CASCADED CHECK OPTION
ERROR 42601: syntax error at or near "both"
db> CREATE VIEW own AS SELECT id, n FROM t WHERE n < 100 WITH CHECK OPTION
CREATE VIEW
db> INSERT INTO local_positive VALUES (1, 50)
INSERT 0 1
db> INSERT INTO local_positive VALUES (2, -1)
ERROR 44000: new row violates check option for view "local_positive"
DETAIL: Failing row contains (2, -1).
db> INSERT INTO both VALUES (3, 50)
ERROR 42601: syntax error at or near "both"
db> INSERT INTO both VALUES (4, 0)
ERROR 42601: syntax error at or near "both"
db> INSERT INTO both VALUES (5, 5)
ERROR 42601: syntax error at or near "both"
db> UPDATE both SET n = 11 WHERE id = 5
ERROR 42601: syntax error at or near "both"
db> UPDATE both SET n = -1 WHERE id = 5
ERROR 42601: syntax error at or near "both"
db> UPDATE both SET n = 6 WHERE id = 5
ERROR 42601: syntax error at or near "both"
db> INSERT INTO own VALUES (6, NULL)
ERROR 44000: new row violates check option for view "own"
DETAIL: Failing row contains (6, null).
db> INSERT INTO own VALUES (5, 1) ON CONFLICT (id) DO UPDATE SET n = 1000
INSERT 0 1
db> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 50
5       | 1
SELECT 2
db> CREATE VIEW nope AS SELECT count(*) FROM t WITH CHECK OPTION
ERROR 0A000: WITH CHECK OPTION is supported only on automatically updatable views
HINT: Views that return aggregate functions are not automatically updatable.
db> DROP TABLE t CASCADE
NOTICE 00000: drop cascades to 3 other objects
DETAIL: drop cascades to view small\ndrop cascades to view local_positive\ndrop cascades to view own
DROP TABLE
