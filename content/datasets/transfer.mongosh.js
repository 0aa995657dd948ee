// Two accounts. An account here holds at most 1,000.00.
db = db.getSiblingDB('bank');
db.createCollection('accounts', {
  validator: { balance: { $gte: 0, $lte: 1000 } },
});
db.accounts.insertMany([
  { _id: 'alice', balance: NumberDecimal('500.00') },
  { _id: 'bob', balance: NumberDecimal('980.00') },
]);
