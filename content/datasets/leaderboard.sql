-- The same high scores as in leaderboard.redis.
CREATE TABLE leaderboard (
  player VARCHAR PRIMARY KEY,
  score INTEGER NOT NULL
);
CREATE INDEX by_score ON leaderboard (score);

INSERT INTO leaderboard VALUES
  ('alice', 1500), ('bob', 2200), ('charlie', 1800);
