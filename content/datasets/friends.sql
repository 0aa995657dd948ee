-- A social network of 2,000 people. Ten have names you will meet. Everybody asked five others, so
-- everybody has about ten friends. A friendship is stored once per direction.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  likes TEXT NOT NULL
);

CREATE TABLE friendships (
  person_id INTEGER NOT NULL REFERENCES people,
  friend_id INTEGER NOT NULL REFERENCES people,
  PRIMARY KEY (person_id, friend_id),
  CHECK (person_id <> friend_id)
);

INSERT INTO people (id, name, likes)
SELECT n,
       coalesce((ARRAY['Ana', 'Ben', 'Chen', 'Dalia', 'Emre', 'Fatou',
                       'Goran', 'Hana', 'Ivo', 'Jamila'])[n],
                'Person ' || n),
       (ARRAY['chess', 'football', 'painting', 'Python', 'cooking',
              'hiking', 'films'])[1 + n % 7]
FROM generate_series(1, 2000) AS n;

-- Each asks five others, picked by a checksum so that every run has the same network.
INSERT INTO friendships
SELECT n, friend
FROM generate_series(1, 2000) AS n,
     generate_series(1, 5) AS request,
     LATERAL (SELECT 1 + ('x' || substr(md5(n || '-' || request), 1, 7))::bit(28)::int
                     % 2000 AS friend) AS picked
WHERE friend <> n
ON CONFLICT DO NOTHING;

INSERT INTO friendships
SELECT friend_id, person_id FROM friendships
ON CONFLICT DO NOTHING;
