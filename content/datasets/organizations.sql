-- Users belong to organizations, organizations have projects, projects have tasks, tasks have assignees.
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE memberships (
  user_id INTEGER NOT NULL REFERENCES users (id),
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  PRIMARY KEY (user_id, organization_id)
);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  name TEXT NOT NULL
);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  title TEXT NOT NULL,
  assignee_id INTEGER NOT NULL REFERENCES users (id)
);

INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob'), (3, 'Carol'), (4, 'Dave');

INSERT INTO organizations VALUES
  ('acme', 'Acme'), ('globex', 'Globex'), ('initech', 'Initech');

INSERT INTO memberships VALUES
  (1, 'acme'), (2, 'acme'), (2, 'globex'), (3, 'globex'), (4, 'initech');

INSERT INTO projects VALUES
  (10, 'acme', 'Web shop'), (20, 'globex', 'Warehouse'), (30, 'initech', 'Printer');

INSERT INTO tasks VALUES
  (100, 10, 'Checkout', 1),
  (101, 10, 'Search', 3),
  (200, 20, 'Shelves', 1),
  (300, 30, 'Paper', 4);
