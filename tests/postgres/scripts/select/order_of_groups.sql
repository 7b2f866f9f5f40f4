-- Where no ORDER BY says otherwise, groups come as PostgreSQL hashes them, or sorted where it expects few rows.

a> CREATE TABLE t (id int, k text, n numeric, d date, b bool, g bigint)
CREATE TABLE
a> INSERT INTO t SELECT i, 'k' || i % 5, i % 4, date '2024-01-01' + i % 3, i % 2 = 0, i % 6 FROM generate_series(1, 30) i
INSERT 0 30
a> SELECT k, count(*) FROM t GROUP BY k
k text | count int8
k3     | 6
k1     | 6
k0     | 6
k2     | 6
k4     | 6
SELECT 5
a> SELECT n, count(*) FROM t GROUP BY n
n numeric | count int8
3         | 7
1         | 8
2         | 8
0         | 7
SELECT 4
a> SELECT d, count(*) FROM t GROUP BY d
d date     | count int8
2024-01-02 | 10
2024-01-01 | 10
2024-01-03 | 10
SELECT 3
a> SELECT b, count(*) FROM t GROUP BY b
b bool | count int8
f      | 15
t      | 15
SELECT 2
a> SELECT g, count(*) FROM t GROUP BY g
g int8 | count int8
3      | 5
5      | 5
4      | 5
0      | 5
2      | 5
1      | 5
SELECT 6
a> SELECT k, b, count(*) FROM t GROUP BY k, b
k text | b bool | count int8
k4     | f      | 3
k2     | t      | 3
k1     | f      | 3
k0     | t      | 3
k2     | f      | 3
k0     | f      | 3
k3     | t      | 3
k3     | f      | 3
k4     | t      | 3
k1     | t      | 3
SELECT 10
a> SELECT DISTINCT k FROM t
k text
k3
k1
k0
k2
k4
SELECT 5
a> SELECT DISTINCT id % 7 FROM t
?column? int4
3
5
4
0
6
2
1
SELECT 7
a> SELECT k FROM t UNION SELECT 'zz'
k text
k3
k2
zz
k1
k0
k4
SELECT 6
a> SELECT k FROM t WHERE id < 3 INTERSECT SELECT k FROM t
k text
k1
k2
SELECT 2
a> SELECT k FROM t EXCEPT SELECT 'k1'
k text
k3
k0
k2
k4
SELECT 4
a> SELECT k, sum(id) FROM t GROUP BY ROLLUP (k)
k text | sum int8
NULL   | 465
k3     | 93
k1     | 81
k0     | 105
k2     | 87
k4     | 99
SELECT 6
a> SELECT k FROM t WHERE id IN (SELECT g FROM t)
k text
k1
k2
k3
k4
k0
SELECT 5
a> SELECT k, count(DISTINCT n) FROM t GROUP BY k
k text | count int8
k0     | 4
k1     | 4
k2     | 4
k3     | 4
k4     | 4
SELECT 5
a> SELECT 2 UNION SELECT 1
?column? int4
1
2
SELECT 2
a> SELECT count(*), k FROM t GROUP BY k HAVING count(*) > 5
count int8 | k text
6          | k3
6          | k1
6          | k0
6          | k2
6          | k4
SELECT 5
a> SELECT string_agg(k, ',') FROM (SELECT DISTINCT k FROM t) s
string_agg text
k3,k1,k0,k2,k4
SELECT 1
a> SELECT k, b, sum(id) FROM t GROUP BY ROLLUP (k, b)
k text | b bool | sum int8
NULL   | NULL   | 465
k4     | f      | 57
k2     | t      | 36
k1     | f      | 33
k0     | t      | 60
k2     | f      | 51
k0     | f      | 45
k3     | t      | 54
k3     | f      | 39
k4     | t      | 42
k1     | t      | 48
k3     | NULL   | 93
k1     | NULL   | 81
k0     | NULL   | 105
k2     | NULL   | 87
k4     | NULL   | 99
SELECT 16
a> SELECT k, b, sum(id) FROM t GROUP BY CUBE (b, k)
k text | b bool | sum int8
NULL   | NULL   | 465
k2     | f      | 51
k1     | f      | 33
k4     | t      | 42
k0     | f      | 45
k3     | t      | 54
k2     | t      | 36
k1     | t      | 48
k0     | t      | 60
k3     | f      | 39
k4     | f      | 57
NULL   | f      | 225
NULL   | t      | 240
k3     | NULL   | 93
k1     | NULL   | 81
k0     | NULL   | 105
k2     | NULL   | 87
k4     | NULL   | 99
SELECT 18
a> SELECT k, b, sum(id) FROM t GROUP BY GROUPING SETS ((b), (k), ())
k text | b bool | sum int8
NULL   | NULL   | 465
NULL   | f      | 225
NULL   | t      | 240
k3     | NULL   | 93
k1     | NULL   | 81
k0     | NULL   | 105
k2     | NULL   | 87
k4     | NULL   | 99
SELECT 8
a> SELECT k, b, sum(id) FROM t GROUP BY GROUPING SETS ((), (b), (k, b), (k))
k text | b bool | sum int8
NULL   | NULL   | 465
k2     | f      | 51
k1     | f      | 33
k4     | t      | 42
k0     | f      | 45
k3     | t      | 54
k2     | t      | 36
k1     | t      | 48
k0     | t      | 60
k3     | f      | 39
k4     | f      | 57
NULL   | f      | 225
NULL   | t      | 240
k3     | NULL   | 93
k1     | NULL   | 81
k0     | NULL   | 105
k2     | NULL   | 87
k4     | NULL   | 99
SELECT 18
a> SELECT k, array_agg(id ORDER BY id DESC) FROM t GROUP BY k
k text | array_agg int4[]
k0     | {30,25,20,15,10,5}
k1     | {26,21,16,11,6,1}
k2     | {27,22,17,12,7,2}
k3     | {28,23,18,13,8,3}
k4     | {29,24,19,14,9,4}
SELECT 5
a> SELECT g, b, min(id) FROM t WHERE id > 3 AND id < 28 GROUP BY g, b
g int8 | b bool | min int4
0      | t      | 6
1      | f      | 7
2      | t      | 8
3      | f      | 9
4      | t      | 4
5      | f      | 5
SELECT 6
a> SELECT g FROM t WHERE k = 'k1' GROUP BY g
g int8
0
1
2
3
4
5
SELECT 6
a> SELECT DISTINCT g, k FROM t WHERE b
g int8 | k text
4      | k0
2      | k4
2      | k3
4      | k2
0      | k2
2      | k0
4      | k4
4      | k1
2      | k1
0      | k1
0      | k3
0      | k4
0      | k0
4      | k3
2      | k2
SELECT 15
a> SELECT DISTINCT n FROM t
n numeric
3
1
2
0
SELECT 4
a> SELECT DISTINCT d FROM t WHERE id < 5
d date
2024-01-02
2024-01-01
2024-01-03
SELECT 3
a> SELECT x, count(*) FROM (VALUES (3), (1), (2), (1)) v(x) GROUP BY x
x int4 | count int8
1      | 2
3      | 1
2      | 1
SELECT 3
a> SELECT x % 3, count(*) FROM generate_series(1, 10) x GROUP BY 1
?column? int4 | count int8
1             | 4
2             | 3
0             | 3
SELECT 3
a> SELECT k, count(*) FROM t GROUP BY k ORDER BY count(*) DESC
k text | count int8
k3     | 6
k1     | 6
k0     | 6
k2     | 6
k4     | 6
SELECT 5
a> SELECT upper(k) u, sum(g) FROM t GROUP BY u
u text | sum numeric
K0     | 15
K1     | 15
K4     | 15
K3     | 15
K2     | 15
SELECT 5
a> SELECT date_trunc('month', d), count(*) FROM t GROUP BY 1
date_trunc timestamptz | count int8
2024-01-01 00:00:00+00 | 30
SELECT 1
a> SELECT extract(day FROM d), count(*) FROM t GROUP BY 1
extract numeric | count int8
3               | 10
1               | 10
2               | 10
SELECT 3
a> SELECT t.k, count(*) FROM t JOIN t u ON u.id = t.g GROUP BY t.k
k text | count int8
k3     | 5
k1     | 5
k0     | 5
k2     | 5
k4     | 5
SELECT 5
a> WITH c AS (SELECT k, id FROM t) SELECT k, max(id) FROM c GROUP BY k
k text | max int4
k3     | 28
k1     | 26
k0     | 30
k2     | 27
k4     | 29
SELECT 5
a> SELECT k FROM (SELECT k FROM t WHERE id > 2) s GROUP BY k
k text
k3
k1
k0
k2
k4
SELECT 5
a> SELECT 'x' UNION SELECT 'y' UNION SELECT 'a' UNION SELECT NULL
?column? text
NULL
x
a
y
SELECT 4
a> SELECT g FROM t INTERSECT SELECT id FROM t
g int8
3
5
4
2
1
SELECT 5
a> SELECT id FROM t WHERE id < 10 EXCEPT SELECT g FROM t
id int8
9
6
7
8
SELECT 4
a> SELECT g FROM t INTERSECT ALL SELECT id % 3 FROM t
g int8
0
0
0
0
0
2
2
2
2
2
1
1
1
1
1
SELECT 15
a> SELECT b, count(*), avg(n) FROM t GROUP BY b
b bool | count int8 | avg numeric
f      | 15         | 1.9333333333333333
t      | 15         | 1.0666666666666667
SELECT 2
a> SELECT ARRAY[g, 1] AS a, count(*) FROM t GROUP BY a
a int8[] | count int8
{4,1}    | 5
{0,1}    | 5
{2,1}    | 5
{5,1}    | 5
{3,1}    | 5
{1,1}    | 5
SELECT 6
a> SELECT CASE WHEN id < 10 THEN 'low' ELSE 'high' END AS c, count(*) FROM t GROUP BY c
c text | count int8
high   | 21
low    | 9
SELECT 2
a> SELECT id > 5, count(*) FROM t GROUP BY 1
?column? bool | count int8
f             | 5
t             | 25
SELECT 2
a> CREATE TABLE w (id int PRIMARY KEY, v varchar(10), ts timestamptz, u uuid, f float8)
CREATE TABLE
a> INSERT INTO w SELECT i, 'v' || i % 4, '2024-01-01 00:00+00'::timestamptz + (i % 3) * interval '1 hour', ('00000000-0000-0000-0000-00000000000' || i % 5)::uuid, i % 4 / 2.0 FROM generate_series(1, 20) i
INSERT 0 20
a> SELECT v, count(*) FROM w GROUP BY v
v varchar | count int8
v3        | 5
v1        | 5
v2        | 5
v0        | 5
SELECT 4
a> SELECT ts, count(*) FROM w GROUP BY ts
ts timestamptz         | count int8
2024-01-01 02:00:00+00 | 7
2024-01-01 01:00:00+00 | 7
2024-01-01 00:00:00+00 | 6
SELECT 3
a> SELECT u, count(*) FROM w GROUP BY u
u uuid                               | count int8
00000000-0000-0000-0000-000000000004 | 4
00000000-0000-0000-0000-000000000002 | 4
00000000-0000-0000-0000-000000000000 | 4
00000000-0000-0000-0000-000000000003 | 4
00000000-0000-0000-0000-000000000001 | 4
SELECT 5
a> SELECT f, count(*) FROM w GROUP BY f
f float8 | count int8
0        | 5
1.5      | 5
0.5      | 5
1        | 5
SELECT 4
a> SELECT DISTINCT v, f FROM w
v varchar | f float8
v2        | 1
v0        | 0
v3        | 1.5
v1        | 0.5
SELECT 4
a> SELECT v, f, count(*) FROM w WHERE id BETWEEN 3 AND 15 GROUP BY v, f
v varchar | f float8 | count int8
v0        | 0        | 3
v1        | 0.5      | 3
v2        | 1        | 3
v3        | 1.5      | 4
SELECT 4
a> SELECT id, count(*) FROM w GROUP BY id
id int4 | count int8
19      | 1
4       | 1
10      | 1
6       | 1
13      | 1
2       | 1
18      | 1
11      | 1
9       | 1
3       | 1
12      | 1
15      | 1
5       | 1
14      | 1
7       | 1
20      | 1
1       | 1
8       | 1
17      | 1
16      | 1
SELECT 20
a> SELECT v, count(*) FROM w WHERE id IN (1, 2, 3, 4, 5, 6) GROUP BY v
v varchar | count int8
v0        | 1
v1        | 2
v2        | 2
v3        | 1
SELECT 4
a> SELECT v, count(*) FROM w WHERE v LIKE 'v%' AND f IS NOT NULL GROUP BY v
v varchar | count int8
v0        | 5
v1        | 5
v2        | 5
v3        | 5
SELECT 4
