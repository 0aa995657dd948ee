/** What inputs are made of: every cell of the course, in the language of each engine. */
import { readFileSync } from 'node:fs';
import { collectCells } from '../../src/running/cells/fence/collect.ts';
import type { EngineName } from '../../src/engines/engine.ts';
import { lecturePages } from '../../scripts/build/lecture-pages.ts';

/** Languages of others, as somebody pastes them into the wrong prompt. */
const ELSEWHERE: readonly string[] = [
  'import psycopg\nwith psycopg.connect() as connection:\n    print(connection.execute("SELECT 1").fetchone())',
  'for product in db.products.find({"price": {"$lt": 50}}):\n    print(product["name"])',
  'r = redis.Redis(decode_responses=True)\nr.set("greeting", "hello", ex=60)',
  'class Product(BaseModel):\n    name: str\n    price: Decimal = Field(gt=0)',
  'docker run --rm -p 6379:6379 redis:7',
  '{"name": "T-shirt", "sizes": ["S", "M"], "price": 19.99, "stock": null}',
  '<table><tr><td>1</td></tr></table>',
  'How do I see all the tables?',
];

/** SQLite has few cells of its own, and is typed the same language. */
const LIKE: Partial<Record<EngineName, EngineName>> = { sqlite: 'postgres' };

/** @returns the scripts of an engine, then those of all others. */
export function corpusOf(engine: EngineName): { own: string[]; others: string[] } {
  const own: string[] = [];
  const others = [...ELSEWHERE];
  for (const { source } of lecturePages(process.cwd()))
    for (const cell of collectCells(readFileSync(source, 'utf8'), source))
      for (const { code } of cell.files)
        (cell.engine === engine || cell.engine === LIKE[engine] ? own : others).push(code);
  return { own, others };
}
