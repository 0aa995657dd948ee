-- A task manager: organizations own projects, projects hold tasks, tasks get comments.
CREATE TABLE organizations (
  id SERIAL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE users (
  id SERIAL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL CONSTRAINT one_account_per_email UNIQUE
);

CREATE TABLE memberships (
  organization_id INTEGER NOT NULL REFERENCES organizations,
  user_id INTEGER NOT NULL REFERENCES users,
  PRIMARY KEY (organization_id, user_id)
);

CREATE TABLE projects (
  id SERIAL PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organizations,
  name TEXT NOT NULL,
  open_tasks INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT not_overloaded CHECK (open_tasks BETWEEN 0 AND 4)
);

CREATE TABLE tasks (
  id SERIAL PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES projects,
  assignee_id INTEGER REFERENCES users,
  title TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'todo'
    CONSTRAINT known_status CHECK (status IN ('todo', 'doing', 'done')),
  due DATE,
  finished DATE,
  CONSTRAINT done_has_a_date CHECK ((status = 'done') = (finished IS NOT NULL))
);

CREATE TABLE comments (
  id SERIAL PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  author_id INTEGER NOT NULL REFERENCES users,
  body TEXT NOT NULL
);

INSERT INTO organizations (name) VALUES ('Northwind Labs'), ('Harbor Studio');

INSERT INTO users (name, email) VALUES
  ('Ana', 'ana@example.com'),
  ('Ben', 'ben@example.com'),
  ('Chen', 'chen@example.com'),
  ('Dalia', 'dalia@example.com');

INSERT INTO memberships VALUES (1, 1), (1, 2), (2, 3), (2, 1);

INSERT INTO projects (organization_id, name) VALUES
  (1, 'Billing'), (1, 'Website'), (2, 'Mobile app');

INSERT INTO tasks (project_id, assignee_id, title, status, due, finished) VALUES
  (1, 1, 'Invoice layout', 'done', '2026-03-02', '2026-03-01'),
  (1, 1, 'Tax rates', 'done', '2026-03-09', '2026-03-12'),
  (1, 2, 'Reminders', 'doing', '2026-03-20', NULL),
  (1, 4, 'Refunds', 'todo', '2026-03-27', NULL),
  (2, 2, 'Landing page', 'done', '2026-03-05', '2026-03-05'),
  (2, 2, 'Contact form', 'done', '2026-03-08', '2026-03-10'),
  (2, 1, 'Search', 'todo', '2026-04-01', NULL),
  (2, NULL, 'Imprint', 'todo', '2026-04-03', NULL),
  (2, 2, 'Dark theme', 'doing', '2026-04-08', NULL),
  (2, 1, 'Sitemap', 'todo', '2026-04-10', NULL),
  (3, 3, 'Login', 'done', '2026-03-11', '2026-03-09'),
  (3, 3, 'Push messages', 'doing', '2026-03-25', NULL),
  (3, 1, 'App icon', 'todo', '2026-03-30', NULL);

UPDATE projects SET open_tasks = (
  SELECT count(*) FROM tasks
  WHERE project_id = projects.id AND status <> 'done'
);

INSERT INTO comments (task_id, author_id, body) VALUES
  (3, 1, 'Which language?'),
  (3, 2, 'English first'),
  (12, 3, 'Waiting for the certificate');
