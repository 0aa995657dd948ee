// Users belong to organizations, organizations have projects, projects have tasks, tasks have assignees.
db = db.getSiblingDB('work');
db.users.insertMany([
  { _id: 1, name: 'Alice', organization_ids: ['acme'] },
  { _id: 2, name: 'Bob', organization_ids: ['acme', 'globex'] },
  { _id: 3, name: 'Carol', organization_ids: ['globex'] },
  { _id: 4, name: 'Dave', organization_ids: ['initech'] },
]);
db.organizations.insertMany([
  { _id: 'acme', name: 'Acme' },
  { _id: 'globex', name: 'Globex' },
  { _id: 'initech', name: 'Initech' },
]);
db.projects.insertMany([
  { _id: 10, organization_id: 'acme', name: 'Web shop' },
  { _id: 20, organization_id: 'globex', name: 'Warehouse' },
  { _id: 30, organization_id: 'initech', name: 'Printer' },
]);
db.tasks.insertMany([
  { _id: 100, project_id: 10, title: 'Checkout', assignee_id: 1 },
  { _id: 101, project_id: 10, title: 'Search', assignee_id: 3 },
  { _id: 200, project_id: 20, title: 'Shelves', assignee_id: 1 },
  { _id: 300, project_id: 30, title: 'Paper', assignee_id: 4 },
]);
