// Two accounts, and a validator: none below 0 or above 1,000. (In PostgreSQL, only youth accounts have a top.)
db.createCollection('accounts', {
  validator: { $jsonSchema: { properties: { balance: { minimum: 0, maximum: 1000 } } } },
});
db.accounts.insertMany([
  { _id: 'Alice', balance: 500 },
  { _id: 'Bob', balance: 950 },
]);
