-- Two sessions merge the same counters; each waits for the other's rows and adds to what it finds.

setup> CREATE TABLE counter (name text PRIMARY KEY, n int NOT NULL)
CREATE TABLE
setup> INSERT INTO counter VALUES ('x', 0), ('y', 0)
INSERT 0 2
a> BEGIN
BEGIN
a> MERGE INTO counter c USING (VALUES ('x', 1), ('y', 1)) v (name, by) ON c.name = v.name
    WHEN MATCHED THEN UPDATE SET n = c.n + v.by WHEN NOT MATCHED THEN INSERT VALUES (v.name, v.by)
MERGE 2
b> MERGE INTO counter c USING (VALUES ('y', 10), ('x', 10), ('z', 10)) v (name, by) ON c.name = v.name
    WHEN MATCHED THEN UPDATE SET n = c.n + v.by WHEN NOT MATCHED THEN INSERT VALUES (v.name, v.by)
waits
a> COMMIT
COMMIT
b: MERGE 3
b> SELECT * FROM counter ORDER BY name
name text | n int4
x         | 11
y         | 11
z         | 10
SELECT 3
a> BEGIN
BEGIN
a> UPDATE counter SET n = 100 WHERE name = 'x'
UPDATE 1
b> MERGE INTO counter c USING (VALUES ('x', 1)) v (name, by) ON c.name = v.name AND c.n < 50
    WHEN MATCHED THEN UPDATE SET n = c.n + v.by WHEN NOT MATCHED THEN INSERT VALUES ('low', v.by)
waits
a> COMMIT
COMMIT
b: MERGE 1
b> SELECT * FROM counter ORDER BY name
name text | n int4
low       | 1
x         | 100
y         | 11
z         | 10
SELECT 4
a> BEGIN
BEGIN
a> UPDATE counter SET name = 'renamed' WHERE name = 'y'
UPDATE 1
b> MERGE INTO counter c USING (VALUES ('y', 7)) v (name, by) ON c.name = v.name
    WHEN MATCHED THEN UPDATE SET n = c.n + v.by WHEN NOT MATCHED THEN INSERT VALUES (v.name, v.by)
waits
a> COMMIT
COMMIT
b: MERGE 1
b> SELECT * FROM counter ORDER BY name
name text | n int4
low       | 1
renamed   | 11
x         | 100
y         | 7
z         | 10
SELECT 5
