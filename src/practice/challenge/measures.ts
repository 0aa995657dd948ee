/** What a design costs, as PostgreSQL counts it. */
import type { Output } from '../../engines/engine.ts';
import { answerOf } from '../exercises/answer.ts';
import { costOf, type PlanCost } from './plan.ts';

export interface Measures extends PlanCost {
  /** Statements of this stage that changed the schema: `ALTER TABLE`, `CREATE TABLE`, … */
  migrations: number;
  /** Of the whole catalog, as it now is. */
  tables: number;
  columns: number;
  /** Rows times columns, all tables together. */
  cells: number;
  /** Cells that are NULL. */
  nulls: number;
}

/**
 * @param then the migrations counted before the stage.
 * @param now those counted after it.
 * @param count tables, columns, cells and NULLs.
 * @param plan of the stage's query.
 */
export function measuresOf({
  then,
  now,
  count,
  plan,
}: Record<'then' | 'now' | 'count' | 'plan', readonly Output[]>): Measures {
  const [tables = 0, columns = 0, cells = 0, nulls = 0] = numbers(count);
  const json = plan.flatMap((output) => (output.kind === 'plan' ? output.lines : [])).join('\n');
  return {
    migrations: (numbers(now)[0] ?? 0) - (numbers(then)[0] ?? 0),
    tables,
    columns,
    cells,
    nulls,
    ...(json === '' ? { joins: 0, scans: 0 } : costOf(json)),
  };
}

const numbers = (outputs: readonly Output[]): number[] =>
  (answerOf(outputs)?.items[0] ?? '0').split(' | ').map(Number);
