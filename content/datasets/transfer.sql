-- Two accounts. An account here holds at most 1,000.00.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  balance NUMERIC(10, 2) NOT NULL CHECK (balance BETWEEN 0 AND 1000)
);

INSERT INTO accounts VALUES ('alice', 500.00), ('bob', 980.00);
