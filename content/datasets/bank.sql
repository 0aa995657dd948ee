-- Two accounts. Bob's is a youth account, which may not hold more than 1,000.
CREATE TABLE accounts (
  owner TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('standard', 'youth')),
  balance NUMERIC(10, 2) NOT NULL CHECK (balance >= 0),
  CONSTRAINT youth_limit CHECK (kind <> 'youth' OR balance <= 1000)
);

INSERT INTO accounts VALUES
  ('Alice', 'standard', 500.00),
  ('Bob', 'youth', 950.00);
