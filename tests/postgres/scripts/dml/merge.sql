-- MERGE: update, insert and delete in one statement.

db> CREATE TABLE stock (id int PRIMARY KEY, n int)
CREATE TABLE
db> CREATE TABLE delta (id int, d int)
CREATE TABLE
db> INSERT INTO stock VALUES (1, 10), (2, 5)
INSERT 0 2
db> INSERT INTO delta VALUES (1, 5), (2, -5), (3, 7)
INSERT 0 3
db> MERGE INTO stock s USING delta d ON s.id = d.id
    WHEN MATCHED AND s.n + d.d = 0 THEN DELETE
    WHEN MATCHED THEN UPDATE SET n = s.n + d.d
    WHEN NOT MATCHED THEN INSERT VALUES (d.id, d.d)
MERGE 3
db> SELECT * FROM stock ORDER BY id
id int4 | n int4
1       | 15
3       | 7
SELECT 2
db> MERGE INTO stock s USING (VALUES (1), (1)) d (id) ON s.id = d.id WHEN MATCHED THEN UPDATE SET n = 0
ERROR 21000: MERGE command cannot affect row a second time
HINT: Ensure that not more than one source row matches any one target row.
db> MERGE INTO stock s USING (VALUES (9)) d (id) ON s.id = d.id WHEN NOT MATCHED THEN DO NOTHING
MERGE 0
