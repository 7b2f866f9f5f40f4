-- A staging table is merged into the stock: updates, deletes and inserts in one statement.

db> CREATE TABLE stock (sku text PRIMARY KEY, qty int NOT NULL CHECK (qty >= 0), note text DEFAULT 'new')
CREATE TABLE
db> CREATE TABLE staging (sku text, delta int)
CREATE TABLE
db> INSERT INTO stock (sku, qty) VALUES ('a', 1), ('b', 2), ('c', 3)
INSERT 0 3
db> INSERT INTO staging VALUES ('a', 5), ('b', -2), ('d', 4), ('e', -1)
INSERT 0 4
db> MERGE INTO stock s USING staging d ON s.sku = d.sku
    WHEN MATCHED AND s.qty + d.delta > 0 THEN UPDATE SET qty = s.qty + d.delta
    WHEN MATCHED THEN DELETE
    WHEN NOT MATCHED AND d.delta > 0 THEN INSERT (sku, qty) VALUES (d.sku, d.delta)
    WHEN NOT MATCHED THEN DO NOTHING
MERGE 3
db> SELECT * FROM stock ORDER BY sku
sku text | qty int4 | note text
a        | 6        | new
c        | 3        | new
d        | 4        | new
SELECT 3
db> MERGE INTO stock USING staging ON stock.sku = staging.sku WHEN MATCHED THEN UPDATE SET qty = -1
ERROR 23514: new row for relation "stock" violates check constraint "stock_qty_check"
DETAIL: Failing row contains (a, -1, new).
CONSTRAINT: stock_qty_check
db> MERGE INTO stock USING (SELECT sku, sum(delta) AS total FROM staging GROUP BY sku) g ON stock.sku = g.sku
    WHEN NOT MATCHED THEN INSERT VALUES (g.sku, abs(g.total), upper(g.sku))
MERGE 2
db> SELECT * FROM stock ORDER BY sku
sku text | qty int4 | note text
a        | 6        | new
b        | 2        | B
c        | 3        | new
d        | 4        | new
e        | 1        | E
SELECT 5
db> MERGE INTO stock AS t USING stock AS s ON t.sku = s.sku AND s.qty > 4 WHEN MATCHED THEN UPDATE SET qty = t.qty * 2, note = DEFAULT
MERGE 1
db> SELECT * FROM stock ORDER BY sku
sku text | qty int4 | note text
a        | 12       | new
b        | 2        | B
c        | 3        | new
d        | 4        | new
e        | 1        | E
SELECT 5
db> WITH x AS (SELECT 'z' AS sku) MERGE INTO stock USING x ON stock.sku = x.sku WHEN NOT MATCHED THEN INSERT (sku, qty) VALUES (x.sku, 9)
MERGE 1
db> MERGE INTO stock USING (SELECT 1) one ON false WHEN NOT MATCHED THEN INSERT (sku, qty) VALUES ('y', 0)
MERGE 1
db> MERGE INTO stock USING (SELECT 1) one ON true WHEN MATCHED AND qty > 8 THEN DELETE
MERGE 2
db> SELECT * FROM stock ORDER BY sku
sku text | qty int4 | note text
b        | 2        | B
c        | 3        | new
d        | 4        | new
e        | 1        | E
y        | 0        | new
SELECT 5
