import type { Behavior } from '../behavior.ts';

export const behavior: Behavior = {
  store: "db.toys.insertOne({ name: 'Teapot' });",
  probe: "db.toys.countDocuments() + ' stored';",
  shows: '1 stored',
  failing: 'db.toys.insertOne({ _id: [] });',
  complaint: '_id',
  plain: '1 + 1;',
};
