import { expectAccessible } from './axe.ts';
import { open, prompt, enter } from './consoles.ts';
import { expect, test } from './fixtures.ts';

test.describe('mongosh', () => {
  test('inserts, finds, uses a variable later, sees an index appear @once', async ({ page }) => {
    const console = await open(page, 'documents');
    const log = console.getByRole('log');
    await enter(console, 'mongosh', "db.users.insertOne({ name: 'Alice', age: 30 })");
    await expect(log).toContainText('acknowledged: true', { timeout: 20_000 });
    const row = console.getByRole('row', { name: /^users/ });
    await expect(row.getByRole('cell').first()).toHaveText('1');
    await expect(row).toContainText('_id, name, age');
    await enter(console, 'mongosh', 'const alice = db.users.findOne({ age: { $gte: 18 } })');
    await enter(console, 'mongosh', "alice.name + ' is ' + alice.age");
    await expect(log).toContainText('Alice is 30');
    await enter(console, 'mongosh', 'db.users.createIndex({ name: 1 }, { unique: true })');
    await expect(row).toContainText('name_1');
    await enter(console, 'mongosh', "db.users.insertOne({ name: 'Alice' })");
    await expect(log).toContainText('E11000 duplicate key error');
    await enter(console, 'mongosh', 'db.users.find({ name: })');
    await expect(log).toContainText('SyntaxError');
    await expectAccessible(page, 'a mongosh in use');
  });

  test('completes collections, methods, operators and fields, and takes several lines', async ({
    page,
  }) => {
    const console = await open(page, 'documents');
    const field = prompt(console, 'mongosh');
    const list = console.getByRole('listbox');
    await enter(console, 'mongosh', 'db.products.insertMany([{ price: 5 }, { price: 7 }])');
    await expect(console.getByRole('row', { name: /^products/ })).toBeVisible({ timeout: 20_000 });
    await field.pressSequentially('db.pro');
    await list.getByRole('option', { name: 'products' }).click();
    await field.pressSequentially('.fi');
    await field.press('Tab');
    await expect(field).toHaveValue('db.products.find(');
    await expect(console.locator('.console-hint')).toContainText('find(filter, projection)');
    await field.press('Enter');
    await field.pressSequentially('{ pri');
    await list.getByRole('option', { name: 'price' }).click();
    await field.pressSequentially('{ $gt');
    await list.getByRole('option', { name: '$gte' }).click();
    await field.pressSequentially('6 } }');
    await field.press('Escape');
    await field.press('Enter');
    await field.pressSequentially(')');
    await expect(field).toHaveValue('db.products.find(\n{ price: { $gte: 6 } }\n)');
    await field.press('Enter');
    await expect(console.getByRole('log')).toContainText('price: 7');
    await expect(field).toHaveValue('');
    await field.press('ArrowUp');
    await expect(field).toHaveValue('db.products.find(\n{ price: { $gte: 6 } }\n)');
  });

  test('stops an endless loop, begins anew, and starts over @once', async ({ page }) => {
    const console = await open(page, 'documents');
    await enter(console, 'mongosh', 'db.users.insertOne({ name: 1 })');
    await expect(console.getByRole('row', { name: /^users/ })).toBeVisible({ timeout: 20_000 });
    await enter(console, 'mongosh', 'while (true) {}');
    await expect(console.locator('.console-status')).toContainText('Running.');
    await console.getByRole('button', { name: 'Stop' }).click();
    await expect(console.getByRole('log')).toContainText('Stopped. The database begins anew.');
    await expect(prompt(console, 'mongosh')).toBeFocused();
    await enter(console, 'mongosh', 'db.users.countDocuments()');
    await expect(console.getByRole('log').locator('.console-entry').last()).toHaveText('0');
    await console.getByRole('button', { name: 'Start over' }).click();
    await expect(console.getByRole('log')).toHaveText(
      /^The database is empty. Begin with: db\.users/,
    );
  });

  test('runs what it is given apart from the page @once', async ({ page }) => {
    const console = await open(page, 'documents');
    await enter(console, 'mongosh', 'typeof document + typeof window + typeof localStorage');
    await expect(console.getByRole('log')).toContainText('undefinedundefinedundefined', {
      timeout: 20_000,
    });
    await enter(console, 'mongosh', "print('<img src=x onerror=alert(1)>')");
    await expect(console.getByRole('log')).toContainText('<img src=x');
    await expect(console.locator('img')).toHaveCount(0);
  });
});

for (const [engine, shell] of [
  ['postgres', 'psql'],
  ['sqlite', 'sqlite3'],
] as const) {
  test(`${shell} runs a statement at its semicolon and shows its tables @once`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const console = await open(page, engine);
    const field = prompt(console, shell);
    await enter(console, shell, 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);');
    const row = console.getByRole('row', { name: /^users/ }).last();
    await expect(row).toContainText('id, name', { timeout: 60_000 });
    await enter(console, shell, "INSERT INTO users VALUES (1, 'Alice'), (2, 'Bob');");
    await expect(row.getByRole('cell').first()).toHaveText('2');
    await field.pressSequentially('SELECT na');
    await console.getByRole('option', { name: 'name' }).click();
    await field.press('Enter');
    await field.pressSequentially('FROM users WHERE id = 2;');
    await field.press('Escape');
    await field.press('Enter');
    const log = console.getByRole('log');
    await expect(log.getByRole('cell', { name: 'Bob' })).toBeVisible();
    await enter(console, shell, 'SELECT * FROM nowhere;');
    await expect(log).toContainText(/nowhere/);
    await expect(log.locator('.out-error')).toBeVisible();
    await expectAccessible(page, `${shell} in use`);
  });
}
