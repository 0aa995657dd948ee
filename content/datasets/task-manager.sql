-- The Task Manager of the course, small: users, categories and tasks that belong to them.
CREATE TABLE users (
  id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email TEXT NOT NULL UNIQUE
);

CREATE TABLE categories (
  id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE tasks (
  id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  category_id INTEGER REFERENCES categories (id),
  title TEXT NOT NULL,
  notes TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done')),
  tags JSONB NOT NULL DEFAULT '[]'
);

INSERT INTO users (email) VALUES ('alice@example.com'), ('bob@example.com');

INSERT INTO categories (name) VALUES ('work'), ('home');

INSERT INTO tasks (user_id, category_id, title, notes, tags) VALUES
  (1, 1, 'Prepare the deployment', 'Run the migrations first, then deploy the workers.', '["urgent", "backend"]'),
  (1, 1, 'Review a migration', 'It locks the tasks table while it runs.', '["backend"]'),
  (1, 2, 'Water the plants', 'The large one by the window needs more.', '[]'),
  (2, 1, 'Write the release notes', 'Mention that deploying takes two minutes now.', '["docs", "urgent"]'),
  (2, 1, 'Migrate the old reports', 'Nobody reads them. Ask before migrating all.', '["backend", "docs"]'),
  (2, 2, 'Buy paint', 'White, for the kitchen.', '["errand"]');
