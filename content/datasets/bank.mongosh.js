// Two accounts, and a validator with the limits that the PostgreSQL version has as CHECKs.
db.createCollection('accounts', {
  validator: { $jsonSchema: { properties: { balance: { minimum: 0, maximum: 1000 } } } },
});
db.accounts.insertMany([
  { _id: 'Alice', balance: 500 },
  { _id: 'Bob', balance: 950 },
]);
