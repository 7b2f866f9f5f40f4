-- numeric(p,s) rounds, half away from zero, and refuses what does not fit.

db> SELECT 1.005::numeric(5,2), 1.015::numeric(5,2), -1.005::numeric(5,2), 999.994::numeric(5,2)
numeric numeric | numeric numeric | ?column? numeric | numeric numeric
1.01            | 1.02            | -1.01            | 999.99
SELECT 1
db> SELECT 999.995::numeric(5,2)
ERROR 22003: numeric field overflow
DETAIL: A field with precision 5, scale 2 must round to an absolute value less than 10^3.
db> SELECT 1000::numeric(5,2)
ERROR 22003: numeric field overflow
DETAIL: A field with precision 5, scale 2 must round to an absolute value less than 10^3.
db> SELECT 1.5::numeric(3), 2.5::numeric(1), 12345::numeric(5,-2)
numeric numeric | numeric numeric | numeric numeric
2               | 3               | 12300
SELECT 1
db> SELECT 'NaN'::numeric, 'NaN'::numeric = 'NaN'::numeric, 'NaN'::numeric > 1, 'Infinity'::numeric
numeric numeric | ?column? bool | ?column? bool | numeric numeric
NaN             | t             | t             | Infinity
SELECT 1
db> SELECT 'NaN'::numeric(5,2), 'inf'::numeric(5,2)
ERROR 22003: numeric field overflow
DETAIL: A field with precision 5, scale 2 cannot hold an infinite value.
db> SELECT 'abc'::numeric
ERROR 22P02: invalid input syntax for type numeric: "abc"
db> SELECT ''::numeric
ERROR 22P02: invalid input syntax for type numeric: ""
