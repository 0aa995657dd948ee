-- # Values and types

SELECT 1, -7, 9223372036854775807, 0x1F, 1_000;

SELECT 1.10::numeric(10, 2), 1/3::numeric, 'NaN'::numeric, 'Infinity'::numeric;

SELECT 0.1::float8 + 0.2, 0.1::float4, 1e300 * 10, '-infinity'::float8;

SELECT true, false, NULL::boolean, 'yes'::boolean, NOT true;

SELECT 'a''b', E'a\tb', 'é', U&'\00e9', $$it's$$;

SELECT 'a' || 'b' || NULL, 'a' || 1, concat('a', NULL, 1);

SELECT 'abc'::char(5) || '|', 'abc'::varchar(2), 'abc'::text;

SELECT '\xdeadbeef'::bytea, 'abc'::bytea, encode('abc', 'base64');

SELECT date '2024-02-29', time '12:30', timestamp '2024-02-29 12:30:00.5';

SELECT timestamptz '2024-03-10 12:00+02', timestamptz '2024-07-01 12:00 Europe/Berlin';

SELECT interval '1 year 2 months 3 days 04:05:06', interval '90 minutes', interval 'P1DT2H';

SELECT date '2024-01-31' + 1, date '2024-03-01' - date '2024-02-01', timestamp '2024-01-31' + interval '1 month';

SELECT extract(year FROM date '2024-02-29'), date_trunc('month', timestamp '2024-02-29 12:00'), to_char(date '2024-02-29', 'DD Mon YYYY');

SELECT ARRAY[1, NULL, 3], '{{1,2},{3,4}}'::int[], ARRAY['a b', 'c,d', ''];

SELECT (ARRAY[1, 2, 3])[2], (ARRAY[1, 2, 3])[2:], array_length(ARRAY[1, 2], 1), 2 = ANY (ARRAY[1, 2]);

SELECT unnest(ARRAY['a', 'b']) AS letter;

SELECT int4range(1, 5), '[2024-01-01,2024-02-01)'::daterange, int4range(1, 5) @> 3, '{[1,3),[5,7)}'::int4multirange;

SELECT ROW(1, 'a b', NULL), (1, 2) < (1, 3);

SELECT '192.168.0.1/24'::inet, '08:00:2b:01:02:03'::macaddr, '10.0.0.0/8'::cidr;

SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, B'1011', B'1011' & B'0110';

SELECT '$1,000.50'::money, point '(1,2)', box '((0,0),(1,1))';

SELECT pg_typeof(1), pg_typeof(1.0), pg_typeof('a'), pg_typeof(now()), pg_typeof(NULL);

SELECT 7 / 2, -7 / 2, 7 % 3, -7 % 3, 7 / 2.0, 2 ^ 10, |/ 16;

SELECT round(2.5), round(-2.5), round(2.5::float8), trunc(2.7), ceil(2.1), floor(-2.1);

SELECT NULL = NULL, NULL IS NULL, 1 IS DISTINCT FROM NULL, coalesce(NULL, 2), nullif(1, 1);

SELECT greatest(1, NULL, 3), least('b', 'a');

SELECT CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END, CASE 3 WHEN 3 THEN 'three' END;

SELECT '5'::int + '6', '2024-01-01' < now();

CREATE TYPE mood AS ENUM ('calm', 'tense');

SELECT 'calm'::mood < 'tense'::mood, enum_range(NULL::mood);

SELECT 'angry'::mood;

CREATE DOMAIN sku AS text CHECK (VALUE ~ '^[A-Z]{2}-\d+$');

SELECT 'AB-1'::sku;

SELECT 'ab-1'::sku;

CREATE TYPE pair AS (a int, b text);

SELECT (ROW(1, 'x')::pair).b;

-- # Tables

CREATE TABLE products (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku text NOT NULL UNIQUE, price numeric(10, 2) NOT NULL CHECK (price > 0), stock int DEFAULT 0);

CREATE TABLE products (id int);

CREATE TABLE IF NOT EXISTS products (id int);

CREATE TABLE orders (id serial PRIMARY KEY, product_id int REFERENCES products ON DELETE CASCADE, quantity int, created date DEFAULT '2024-01-01');

CREATE TABLE copy_of (LIKE products INCLUDING ALL);

CREATE TEMP TABLE scratch AS SELECT 1 AS n;

CREATE TABLE totals (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED);

CREATE TABLE bad (id int PRIMARY KEY, id text);

CREATE TABLE bad (id integr);

CREATE TABLE bad (a int PRIMARY KEY, b int PRIMARY KEY);

CREATE TABLE bad (a int REFERENCES nowhere);

CREATE TABLE bad (a int CHECK (b > 0));

ALTER TABLE products ADD COLUMN color text;

ALTER TABLE products ADD COLUMN color text;

ALTER TABLE products ALTER COLUMN color SET DEFAULT 'red', ALTER COLUMN stock SET NOT NULL;

ALTER TABLE products RENAME COLUMN color TO colour;

ALTER TABLE products DROP COLUMN nothing;

ALTER TABLE products ALTER COLUMN sku TYPE int;

ALTER TABLE nowhere ADD COLUMN a int;

ALTER TABLE orders ADD CONSTRAINT positive CHECK (quantity > 0);

ALTER TABLE orders DROP CONSTRAINT nothing;

COMMENT ON TABLE products IS 'What the shop sells';

CREATE VIEW cheap AS SELECT id, sku FROM products WHERE price < 10;

CREATE OR REPLACE VIEW cheap AS SELECT sku FROM products;

CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM products;

REFRESH MATERIALIZED VIEW counted;

CREATE SEQUENCE numbers START 10 INCREMENT 5;

SELECT nextval('numbers'), nextval('numbers'), currval('numbers');

CREATE SCHEMA shop;

CREATE TABLE shop.items (id int);

SELECT * FROM items;

SET search_path TO shop, public;

SELECT * FROM items;

SHOW search_path;

RESET search_path;

DROP TABLE products;

DROP TABLE nowhere;

DROP TABLE IF EXISTS nowhere;

DROP VIEW products;

DROP SCHEMA shop;

DROP SCHEMA shop CASCADE;

TRUNCATE products;

TRUNCATE products CASCADE;

CREATE TABLE parts (id int, made date) PARTITION BY RANGE (made);

CREATE TABLE parts_2024 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

INSERT INTO parts VALUES (1, '2024-05-05');

INSERT INTO parts VALUES (2, '2030-05-05');

SELECT tableoid::regclass, * FROM parts;

-- # Changing rows

CREATE TABLE t (id int PRIMARY KEY, name text, n int CHECK (n >= 0));

INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2);

INSERT INTO t (id, name) VALUES (3, 'c') RETURNING id, name, n;

INSERT INTO t VALUES (1, 'again', 1);

INSERT INTO t VALUES (4, 'd', -1);

INSERT INTO t VALUES (4, 'd');

INSERT INTO t VALUES (5, 'e', 1, 2);

INSERT INTO t (id, nam) VALUES (6, 'f');

INSERT INTO t VALUES ('six', 'f', 1);

INSERT INTO t VALUES (NULL, 'f', 1);

INSERT INTO t VALUES (1, 'again', 7) ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING *;

INSERT INTO t VALUES (1, 'again', 7) ON CONFLICT DO NOTHING;

INSERT INTO t VALUES (1, 'x', 1) ON CONFLICT (name) DO NOTHING;

INSERT INTO t SELECT g, 'row ' || g, g FROM generate_series(10, 12) AS g;

INSERT INTO t DEFAULT VALUES;

UPDATE t SET n = n + 1 WHERE id < 3;

UPDATE t SET n = n - 100 WHERE id = 1;

UPDATE t SET name = upper(name) WHERE id = 2 RETURNING id, name;

UPDATE t SET nme = 'x';

UPDATE t SET (name, n) = ('z', 9) WHERE id = 3;

DELETE FROM t WHERE id >= 10;

DELETE FROM t WHERE id = 3 RETURNING *;

DELETE FROM t WHERE nothing = 1;

MERGE INTO t USING (VALUES (1, 'one'), (9, 'nine')) AS v (id, name) ON t.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.name, 0);

SELECT * FROM t ORDER BY id;

WITH gone AS (DELETE FROM t WHERE id = 9 RETURNING *) SELECT name FROM gone;

SELECT * FROM t ORDER BY id FOR UPDATE;

TABLE t ORDER BY id LIMIT 1;

VALUES (1, 'x'), (2, 'y');

INSERT INTO t (id) VALUES (20), (20);

-- # Queries

CREATE TABLE people (id int, name text, city text, born int); INSERT INTO people VALUES (1, 'Ann', 'Rome', 1990), (2, 'Bob', 'Paris', 1985), (3, 'Cem', 'Rome', 1970), (4, 'Dee', NULL, 2000);

SELECT name, 2024 - born AS age FROM people WHERE city = 'Rome' ORDER BY age DESC;

SELECT city, count(*), avg(born)::numeric(6, 1), min(name), max(born) FROM people GROUP BY city ORDER BY city NULLS FIRST;

SELECT city, count(*) FROM people GROUP BY city HAVING count(*) > 1;

SELECT DISTINCT city FROM people ORDER BY 1;

SELECT DISTINCT ON (city) city, name FROM people ORDER BY city, born;

SELECT p.name, q.name FROM people p JOIN people q ON p.city = q.city AND p.id < q.id;

SELECT p.name, q.name AS older FROM people p LEFT JOIN people q ON q.born < p.born AND q.city = p.city ORDER BY 1, 2;

SELECT name FROM people WHERE name LIKE '_o%' OR name ILIKE 'ann' OR name ~ '^C';

SELECT name FROM people WHERE city IN ('Rome', 'Oslo') ORDER BY name LIMIT 1 OFFSET 1;

SELECT name FROM people WHERE born BETWEEN 1980 AND 1995 ORDER BY 1;

SELECT name FROM people p WHERE EXISTS (SELECT 1 FROM people q WHERE q.city = p.city AND q.id <> p.id) ORDER BY 1;

SELECT name, rank() OVER (PARTITION BY city ORDER BY born), sum(born) OVER (ORDER BY id) FROM people ORDER BY id;

SELECT name, lag(name) OVER w, first_value(name) OVER w FROM people WINDOW w AS (ORDER BY id) ORDER BY id;

SELECT 1 UNION SELECT 2 UNION ALL SELECT 2 ORDER BY 1;

SELECT 1 INTERSECT SELECT 1;

SELECT 1 EXCEPT SELECT 1;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i, i * i FROM n;

SELECT * FROM people, LATERAL (SELECT count(*) AS same FROM people q WHERE q.city = people.city) s ORDER BY id;

SELECT city, born, count(*) FROM people GROUP BY ROLLUP (city, born) ORDER BY 1 NULLS LAST, 2 NULLS LAST;

SELECT count(*) FILTER (WHERE born > 1980), string_agg(name, ', ' ORDER BY name), array_agg(id ORDER BY id DESC) FROM people;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY born), mode() WITHIN GROUP (ORDER BY city) FROM people;

SELECT * FROM generate_series(1, 10, 4) WITH ORDINALITY;

SELECT FROM people;

SELECT name FROM peopel;

SELECT nme FROM people;

SELECT p.nope FROM people p;

SELECT x.name FROM people p;

SELECT id FROM people p, people q;

SELECT name, count(*) FROM people;

SELECT name FROM people WHERE count(*) > 1;

SELECT name FROM people WHERE name;

SELECT name FROM people WHERE name = 1;

SELECT name FORM people;

SELECT name FROM people WHERE;

SELECT (SELECT id FROM people);

SELECT (SELECT id, name FROM people LIMIT 1);

SELECT 1 UNION SELECT 'a';

SELECT 1, 2 UNION SELECT 1;

SELECT * FROM people LIMIT -1;

SELECT foo(1);

SELECT length(1);

SELECT sum(name) FROM people;

SELECT 1 +;

SELEC 1;

SELECT "Name" FROM people;

SELECT name AS "Full Name", born "Year" FROM people WHERE id = 1;

SELECT born FROM people ORDER BY 2;

SELECT 1/0;

SELECT 1 / (id - 2) FROM people;

-- # Functions

SELECT length('größe'), upper('straße'), lower('ÀB'), initcap('new york'), reverse('abc');

SELECT substr('abcdef', 2, 3), substring('abcdef' FROM 2), left('abc', 2), right('abc', -1), position('c' IN 'abc');

SELECT trim('  a '), ltrim('xxa', 'x'), lpad('7', 3, '0'), repeat('ab', 3), replace('banana', 'an', 'AN');

SELECT split_part('a,b,c', ',', 2), string_to_array('a,b', ','), regexp_replace('a1b2', '\d', '#', 'g'), translate('abc', 'ab', 'xy');

SELECT regexp_matches('a1b22', '\d+', 'g');

SELECT format('%s is %L and %I', 'x', 'it''s', 'My Col'), quote_literal('a''b'), quote_ident('A');

SELECT md5('a'), ascii('A'), chr(233), to_hex(255), abs(-5), mod(7, 3), power(2, 3), sqrt(2);

SELECT to_number('1,234.5', '9,999.9'), to_date('05 Dec 2000', 'DD Mon YYYY'), to_char(1234.5, '9,999.00');

SELECT age(date '2024-03-01', date '2023-01-15'), make_date(2024, 2, 29), justify_days(interval '35 days');

SELECT generate_series(date '2024-01-30', date '2024-02-02', interval '1 day')::date AS day;

CREATE FUNCTION add(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql AS $$ SELECT a + b $$;

SELECT add(1, 2), add(5), add(b => 3, a => 4);

SELECT add('x', 1);

SELECT add(1, 2, 3);

CREATE FUNCTION add(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION halve(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  IF n % 2 = 1 THEN RAISE EXCEPTION 'odd: %', n USING ERRCODE = '22023', HINT = 'take an even one', DETAIL = 'n'; END IF;
  RETURN n / 2;
END $$;

SELECT halve(4);

SELECT halve(3);

DO $$ BEGIN RAISE NOTICE 'hello %', 1; RAISE WARNING 'careful'; END $$;

DO $$ BEGIN PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN RAISE NOTICE 'caught %', SQLSTATE; END $$;

DO $$ BEGIN PERFORM 1 / 0; END $$;

CREATE FUNCTION evens(n int) RETURNS SETOF int LANGUAGE sql AS $$ SELECT g FROM generate_series(2, n, 2) g $$;

SELECT * FROM evens(6);

CREATE PROCEDURE noop() LANGUAGE sql AS $$ SELECT 1 $$;

CALL noop();

SELECT noop();

CALL add(1, 2);

CREATE FUNCTION broken() RETURNS int LANGUAGE sql AS $$ SELECT nope FROM nowhere $$;

CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETRUN 1; END $$;

CREATE FUNCTION f() RETURNS int LANGUAGE cobol AS 'x';

CREATE TABLE log (msg text); CREATE TABLE src (n int); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (TG_OP || ' ' || NEW.n); RETURN NEW; END $$; CREATE TRIGGER note AFTER INSERT OR UPDATE ON src FOR EACH ROW EXECUTE FUNCTION note();

INSERT INTO src VALUES (1), (2); UPDATE src SET n = 7 WHERE n = 1; SELECT * FROM log;

DROP FUNCTION note();

DROP FUNCTION add;

DROP FUNCTION nothing(int);

-- # JSON

SELECT '{"b": 1,  "a": [1, 2.50, null, true]}'::json, '{"b": 1, "a": [1, 2.50, null, true], "b": 2}'::jsonb;

SELECT '{"a": {"b": [1, 2]}}'::jsonb -> 'a', '{"a": {"b": [1, 2]}}'::jsonb #> '{a,b,1}', '{"a": "x"}'::jsonb ->> 'a', '[1,2,3]'::jsonb -> -1;

SELECT '{"a": 1, "b": 2}'::jsonb @> '{"a": 1}', '{"a": 1}'::jsonb ? 'b', '["a","b"]'::jsonb ?| ARRAY['b', 'c'], '{"a": 1}'::jsonb <@ '{}';

SELECT '{"a": 1}'::jsonb || '{"b": 2}', '{"a": 1, "b": 2}'::jsonb - 'a', '{"a": {"b": 1}}'::jsonb #- '{a,b}', jsonb_set('{"a": 1}', '{b}', '2');

SELECT * FROM jsonb_each('{"a": 1, "b": "x"}');

SELECT jsonb_array_elements('[1, "a", null]'), jsonb_typeof('[]'), jsonb_array_length('[1,2]');

SELECT jsonb_build_object('a', 1, 'b', ARRAY[1, 2]), to_jsonb(ROW(1, 'x')), json_agg(g) FROM generate_series(1, 3) g;

SELECT jsonb_path_query('{"a": [1, 5, 9]}', '$.a[*] ? (@ > 3)');

SELECT '{"a": [1, 5]}'::jsonb @? '$.a[*] ? (@ > 3)', '{"a": 1}'::jsonb @@ '$.a == 1';

SELECT jsonb_pretty('{"a": [1, {"b": 2}]}');

SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}, {"a": 2}]') AS t (a int, b text);

SELECT '{"a": 1'::jsonb;

SELECT '{a: 1}'::json;

SELECT '{"a": "x"}'::jsonb ->> 'a' + 1;

SELECT ('{"a": "x"}'::jsonb ->> 'a')::int;

SELECT jsonb_array_elements('{"a": 1}');

SELECT '{"a": 1}'::json = '{"a": 1}'::json;

SELECT JSON_VALUE('{"a": 1}', '$.a' RETURNING int), JSON_EXISTS('{"a": 1}', '$.b'), JSON_QUERY('{"a": [1]}', '$.a');

SELECT * FROM JSON_TABLE('[{"a": 1}, {"a": 2}]', '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a'));

SELECT '{"a": 1}' IS JSON, 'x' IS JSON, '{"a": 1}'::jsonb['a'];

CREATE TABLE docs (id int, doc jsonb); INSERT INTO docs VALUES (1, '{"tags": ["a"], "n": 1}'), (2, '{"n": 2}'); UPDATE docs SET doc['n'] = '7' WHERE id = 2; SELECT id, doc ->> 'n' AS n FROM docs WHERE doc ? 'tags' OR (doc ->> 'n')::int > 5 ORDER BY id;

-- # Full text

SELECT to_tsvector('english', 'The quick foxes were running');

SELECT to_tsquery('english', 'running & !dogs'), plainto_tsquery('english', 'the fat rats'), websearch_to_tsquery('english', '"fat rat" or -cat');

SELECT to_tsvector('english', 'fat cats') @@ to_tsquery('english', 'cat'), to_tsvector('simple', 'fat cats') @@ 'cat';

SELECT ts_headline('english', 'the fat cats ate', to_tsquery('cat')), ts_rank(to_tsvector('cats and cats'), to_tsquery('cat'));

SELECT to_tsquery('fat &');

SELECT setweight(to_tsvector('cat'), 'A') || to_tsvector('dog'), strip(to_tsvector('cat cat'));

-- # Indexes and plans

CREATE TABLE items (id int PRIMARY KEY, color text, tags jsonb); INSERT INTO items SELECT g, 'c' || g % 10, jsonb_build_object('n', g) FROM generate_series(1, 1000) g; ANALYZE items;

CREATE INDEX by_color ON items (color);

CREATE INDEX by_color ON items (color);

CREATE UNIQUE INDEX once ON items (color);

CREATE INDEX ON items USING gin (tags);

CREATE INDEX ON items USING gin (color);

CREATE INDEX lower_color ON items (lower(color)) WHERE id > 10;

CREATE INDEX ON items (nope);

CREATE INDEX CONCURRENTLY later ON items (id, color);

EXPLAIN (COSTS OFF) SELECT * FROM items WHERE id = 5;

EXPLAIN (COSTS OFF) SELECT * FROM items WHERE color = 'c1';

EXPLAIN (COSTS OFF) SELECT color, count(*) FROM items GROUP BY color ORDER BY 1;

EXPLAIN (COSTS OFF) SELECT * FROM items a JOIN items b USING (id) WHERE a.color = 'c3';

EXPLAIN (COSTS OFF, FORMAT json) SELECT 1;

EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT count(*) FROM items;

EXPLAIN (NOPE) SELECT 1;

EXPLAIN SELECT * FROM nowhere;

SET enable_seqscan = off; EXPLAIN (COSTS OFF) SELECT * FROM items WHERE color > 'c'; RESET enable_seqscan;

REINDEX TABLE items;

VACUUM items;

DROP INDEX nothing;

DROP INDEX once, later;

-- # Transactions

CREATE TABLE acc (id int PRIMARY KEY, n int); INSERT INTO acc VALUES (1, 100), (2, 50);

BEGIN; UPDATE acc SET n = n - 10 WHERE id = 1; ROLLBACK; SELECT n FROM acc WHERE id = 1;

BEGIN; INSERT INTO acc VALUES (1, 1); SELECT 1; COMMIT;

BEGIN; SAVEPOINT s; INSERT INTO acc VALUES (1, 1); ROLLBACK TO s; INSERT INTO acc VALUES (3, 3); RELEASE s; COMMIT; SELECT count(*) FROM acc;

BEGIN; BEGIN; COMMIT; COMMIT;

ROLLBACK;

SAVEPOINT s;

BEGIN; ROLLBACK TO nothing; ROLLBACK;

BEGIN ISOLATION LEVEL SERIALIZABLE; SHOW transaction_isolation; COMMIT;

BEGIN READ ONLY; INSERT INTO acc VALUES (9, 9); ROLLBACK;

START TRANSACTION; SELECT 1; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; ROLLBACK;

SET TRANSACTION READ ONLY;

BEGIN; VACUUM; ROLLBACK;

BEGIN; CREATE TABLE undone (n int); ROLLBACK; SELECT * FROM undone;

LOCK TABLE acc;

BEGIN; LOCK TABLE acc IN SHARE MODE; COMMIT;

PREPARE TRANSACTION 'x';

BEGIN; PREPARE TRANSACTION 'x'; ROLLBACK;

SELECT pg_advisory_lock(1), pg_try_advisory_lock(1), pg_advisory_unlock(1), pg_advisory_unlock(7);

BEGIN; DECLARE c CURSOR FOR SELECT g FROM generate_series(1, 3) g; FETCH 2 FROM c; FETCH ALL c; MOVE BACKWARD 1 FROM c; CLOSE c; COMMIT;

DECLARE c CURSOR FOR SELECT 1;

FETCH 1 FROM nothing;

PREPARE p (int) AS SELECT $1 * 2; EXECUTE p(21); EXECUTE p; DEALLOCATE p; EXECUTE p(1);

PREPARE p AS SELEC;

LISTEN news; NOTIFY news, 'hello'; NOTIFY news; UNLISTEN *;

BEGIN; SET LOCAL work_mem = '1MB'; SHOW work_mem; COMMIT; SHOW work_mem;

CREATE TABLE child (a int REFERENCES acc DEFERRABLE INITIALLY DEFERRED);

BEGIN; INSERT INTO child VALUES (77); COMMIT;

-- # Errors

SELECT '12abc'::int;

SELECT 99999999999::int;

SELECT 2147483647 + 1;

SELECT 'abc'::date, 1;

SELECT date '2024-02-30';

SELECT '25:00'::time;

SELECT 'x'::uuid;

SELECT 'maybe'::boolean;

SELECT 1234.5::numeric(4, 2);

CREATE TABLE e (a varchar(3), b int NOT NULL, c int UNIQUE);

INSERT INTO e VALUES ('abcd', 1, 1);

INSERT INTO e VALUES ('a', NULL, 1);

INSERT INTO e VALUES ('a', 1, 1); INSERT INTO e VALUES ('b', 2, 1);

SELECT sqrt(-1);

SELECT ln(0);

SELECT repeat('x', -1) || 'y', substr('abc', 1, -1);

SELECT ('{1,2,3}'::int[])[9], array_length('{}'::int[], 1);

SELECT '{1,2'::int[];

SELECT ARRAY[1, 'a'];

SELECT 'a' ~ '(';

SELECT to_timestamp('x', 'YYYY');

SELECT * FROM e WHERE a = (1, 2);

SELECT (1, 2) = (1, 2, 3);

SELECT CAST('a' AS nothing);

SELECT 'a'::text::int::text;

SELECT 1 AS a ORDER BY b;

SELECT $1;

SELECT @@version;

SELECT * FROM pg_class WHERE relname = 'e' LIMIT 'x';

SET nothing = 1;

SET work_mem = 'lots';

SET timezone = 'Mars/Base';

SHOW nothing;

CREATE ROLE clerk; SET ROLE clerk; SELECT * FROM e; CREATE TABLE mine (n int); RESET ROLE;

CREATE ROLE clerk;

DROP ROLE nobody;

GRANT SELECT ON e TO clerk; SET ROLE clerk; SELECT count(*) FROM e; DELETE FROM e; RESET ROLE;

REVOKE ALL ON e FROM clerk; DROP ROLE clerk;

GRANT SELECT ON nowhere TO public;

DROP DATABASE postgres;

CREATE EXTENSION nothing_at_all;

COPY e FROM PROGRAM 'exit 1';

COPY e FROM '/no/such/file';

COPY e TO '/no/such/folder/x';

COPY nowhere FROM STDIN;

SELECT pg_sleep('x');

CREATE FUNCTION down(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN down(n + 1); END $$;

SELECT set_config('a.b', 'c', false), current_setting('a.b'), current_setting('a.x', true);

SELECT current_setting('no.such');

-- # COPY

CREATE TABLE c (id int, name text);

COPY c FROM STDIN;
1	Ann
2	\N
\.

COPY c TO STDOUT;

COPY c TO STDOUT (FORMAT csv, HEADER, NULL 'none');

COPY (SELECT id FROM c WHERE id > 2) TO STDOUT;

COPY c FROM STDIN;
x	y
\.

COPY c FROM STDIN;
1
\.

COPY c FROM STDIN;
1	a	b
\.

COPY c FROM STDIN (FORMAT nothing);

\copy c to stdout csv

\copy c from stdin
9	nine
\.

SELECT count(*) FROM c;

-- # COPY of CSV

CREATE TABLE c (id int, name text);

COPY c (id, name) FROM STDIN WITH (FORMAT csv, HEADER);
id,name
3,"a, b"
4,
\.

-- # Lists and descriptions

CREATE SCHEMA "My Schema"; CREATE TABLE "My Schema"."Big Table" (id int); CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'x', email varchar(50) UNIQUE, age int CHECK (age >= 0)); CREATE TABLE posts (id int PRIMARY KEY, user_id int REFERENCES users (id) ON DELETE CASCADE, body text); CREATE INDEX posts_by_user ON posts (user_id) WHERE body IS NOT NULL; CREATE VIEW names AS SELECT name FROM users; CREATE SEQUENCE alone; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE size AS ENUM ('s', 'm'); CREATE DOMAIN posint AS int CHECK (VALUE > 0); COMMENT ON TABLE users IS 'people';

\d

\dt

\dt public.*

\dt user?

\dt u*

\dt USERS

\dt "users"

\dt "Users"

\dt nothing

\dt nowhere.*

\dt "My Schema".*

\dt "My Schema"."Big Table"

\dt public.posts

\dt postgres.public.posts

\dt other.public.posts

\dt a.b.c.d

\dt pg_catalog.pg_am

\dtS pg_am

\dt pg_ts_c*

\dt (users|posts)

\dt user[s]

\di

\di posts*

\dv

\dm

\ds

\dtv

\dn

\dn public

\dn My*

\dn "My*"

\df

\df one

\df upper

\df pg_catalog.lower

\dfn o*

\dft

\da max

\dT

\dT size

\dD

\dp users

\z posts

\dy

\db

\dL

\dx

\d users

\d posts

\d names

\d alone

\d users_id_seq

\d posts_by_user

\d users_pkey

\d "My Schema"."Big Table"

\d nothing

\d us*

\sf one

\sv names

CREATE TYPE pair AS (a int, b text); CREATE TABLE typed OF pair; CREATE TABLE kid () INHERITS (posts); CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE part_1 PARTITION OF parts FOR VALUES IN (1);

\d pair

\d typed

\d kid

\d parts

\d part_1

CREATE TABLE gen (a int GENERATED BY DEFAULT AS IDENTITY, b int GENERATED ALWAYS AS (a * 2) STORED, c text COLLATE "C"); CREATE RULE quiet AS ON DELETE TO gen DO INSTEAD NOTHING; ALTER TABLE gen ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON gen FOR SELECT USING (a > 0);

\d gen

GRANT SELECT, INSERT ON users TO PUBLIC;

\dp users

-- # Variables and conditions

\set n 7

\set name 'O''Hara'

\set col born

SELECT :n + 1 AS eight, :'name' AS name, 1 AS :"col";

SELECT ':n', 1::int, ':name' AS "x:n";

SELECT :missing;

\echo :n :'name' :"col" :missing

\echo 'a' 'b'

\echo 'a b'   c

\echo "a b" :{?n} :{?nope}

\echo -n x

\echo

\echo a;b

\set a :n :n

\echo :a

\unset n

\echo :n

\set 1x y

\set bad-name y

SELECT 1 AS one, 'two' AS two, NULL AS three \gset got_

\echo :got_one :got_two :got_three

SELECT 1 WHERE false \gset

SELECT generate_series(1, 2) \gset

SELECT 1 AS "a b" \gset

\if true \echo yes \else \echo no \endif

\if false
SELECT 'no';
\elif 1
SELECT 'yes';
\else
SELECT 'neither';
\endif

\if off
\if true
\echo inner
\endif
\else
\echo outer
\endif

\if nonsense
\echo then
\else
\echo otherwise
\endif

\else

\endif

SELECT 1/0 AS x; \echo :ERROR :SQLSTATE :LAST_ERROR_MESSAGE

SELECT 1; \echo :ERROR :SQLSTATE :ROW_COUNT

\set ON_ERROR_STOP maybe

\set AUTOCOMMIT off

CREATE TABLE undone (n int); ROLLBACK; SELECT * FROM undone; ROLLBACK;

\set AUTOCOMMIT on

-- # What sends a statement

CREATE TABLE g (n int, t text); INSERT INTO g VALUES (1, 'one'), (2, NULL);

INSERT INTO g VALUES (3, 'three') \g

SELECT * FROM g ORDER BY n \g

\g

SELECT * FROM g ORDER BY n \gx

SELECT * FROM g ORDER BY n \g (format=unaligned)

SELECT * FROM g ORDER BY n \g (format=csv tuples_only=on)

SELECT * FROM g \gdesc

CREATE TABLE nothing (n int) \gdesc

SELECT format('INSERT INTO g VALUES (%s, %L)', x, x) FROM generate_series(8, 9) x \gexec

SELECT count(*) FROM g;

SELECT nope \gexec

SELECT nope \g

SELECT 1 \; SELECT 2 AS two \;;

SELECT 1,
\echo inside
2;

SELECT 1, \r
SELECT 3;

SELECT 5 \p
;

\nonsense

\d4

-- # How results are printed

CREATE TABLE p (id int, name text, note text); INSERT INTO p VALUES (1, 'Ann', E'two\nlines'), (22, NULL, ''), (333, 'größe', '日本');

SELECT * FROM p;

\x

SELECT * FROM p;

SELECT * FROM p WHERE false;

\x off

\pset null '(none)'

SELECT * FROM p;

\pset border 2

SELECT * FROM p;

\pset border 0

SELECT * FROM p;

\x on

SELECT * FROM p;

\pset border 2

SELECT * FROM p;

\pset border 1

\x

\t

SELECT * FROM p;

\t off

\a

SELECT * FROM p;

\f ';'

SELECT * FROM p;

\a

\pset format csv

SELECT * FROM p;

\pset format aligned

\C 'A title'

SELECT id FROM p;

\C

\pset footer off

SELECT id FROM p;

\pset footer

\pset nonsense

\pset format nonsense

\pset border

SELECT 1 AS "a long heading", 'x' AS b;

SELECT;

SELECT WHERE false;

SELECT E'a\tb', E'a\rb', E'a\x01b';
