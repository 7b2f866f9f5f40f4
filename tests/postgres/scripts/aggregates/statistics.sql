-- Variance and deviation.

db> SELECT stddev(n), variance(n), stddev_pop(n), var_pop(n) FROM (VALUES (1), (2), (4)) v (n)
stddev numeric     | variance numeric   | stddev_pop numeric | var_pop numeric
1.5275252316519467 | 2.3333333333333333 | 1.2472191289246471 | 1.5555555555555556
SELECT 1
db> SELECT stddev(n::float8), var_pop(n::float8), corr(n, n * 2), covar_pop(n, n) FROM (VALUES (1), (2), (4)) v (n)
stddev float8      | var_pop float8     | corr float8 | covar_pop float8
1.5275252316519468 | 1.5555555555555556 | 1           | 1.5555555555555554
SELECT 1
db> SELECT stddev(1), var_samp(1), var_pop(1)
stddev numeric | var_samp numeric | var_pop numeric
NULL           | NULL             | 0
SELECT 1
