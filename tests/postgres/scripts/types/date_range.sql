-- A date has a range of its own, wider than a timestamp's: beyond it is an error, not a wrap.
a> SELECT date '2000-01-01' + 2147483646
ERROR 22008: date out of range
a> SELECT date '2000-01-01' - 2451546
ERROR 22008: date out of range
a> SELECT date '2000-01-01' - 2451545 AS first
first date
4714-11-24 BC
SELECT 1
a> SELECT (date '2000-01-01' + 2100000000)::timestamp
ERROR 22008: date out of range for timestamp
