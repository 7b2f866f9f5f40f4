-- A simple view can be written through.

db> CREATE TABLE t (id int PRIMARY KEY, n int, hidden int DEFAULT 7)
CREATE TABLE
db> CREATE VIEW v AS SELECT id, n FROM t WHERE n < 100
CREATE VIEW
db> INSERT INTO v VALUES (1, 5) RETURNING *
id int4 | n int4
1       | 5
INSERT 0 1
db> UPDATE v SET n = n + 1
UPDATE 1
db> DELETE FROM v WHERE id = 99
DELETE 0
db> SELECT * FROM t
id int4 | n int4 | hidden int4
1       | 6      | 7
SELECT 1
db> INSERT INTO v VALUES (2, 500)
INSERT 0 1
db> SELECT * FROM v
id int4 | n int4
1       | 6
SELECT 1
db> CREATE VIEW c AS SELECT id, n FROM t WHERE n < 100 WITH CHECK OPTION
CREATE VIEW
db> INSERT INTO c VALUES (3, 500)
ERROR 44000: new row violates check option for view "c"
DETAIL: Failing row contains (3, 500, 7).
db> CREATE VIEW agg AS SELECT count(*) AS n FROM t
CREATE VIEW
db> UPDATE agg SET n = 1
ERROR 55000: cannot update view "agg"
DETAIL: Views that return aggregate functions are not automatically updatable.
HINT: To enable updating the view, provide an INSTEAD OF UPDATE trigger or an unconditional ON UPDATE DO INSTEAD rule.
