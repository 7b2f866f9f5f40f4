-- Ordered-set aggregates.

db> SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n), percentile_disc(0.5) WITHIN GROUP (ORDER BY n), mode() WITHIN GROUP (ORDER BY n) FROM (VALUES (1), (2), (2), (10)) v (n)
percentile_cont float8 | percentile_disc int4 | mode int4
2                      | 2                    | 2
SELECT 1
