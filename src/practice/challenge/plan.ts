/** What a query costs by its plan: how often rows of two tables are brought together. */

export interface PlanCost {
  /**
   * Nodes `Nested Loop`, `Hash Join` and `Merge Join` of which both sides read tables, and subqueries
   * that are looked up for every row. A row joined to its own list is none.
   */
  joins: number;
  /** Scans of tables: a table that is read twice counts twice. */
  scans: number;
}

interface PlanNode {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Relation Name'?: string;
  'CTE Name'?: string;
  Plans?: PlanNode[];
}

const JOINS = ['Nested Loop', 'Hash Join', 'Merge Join'];

/** @param json what `EXPLAIN (FORMAT JSON)` prints. */
export function costOf(json: string): PlanCost {
  const [{ Plan: root }] = JSON.parse(json) as [{ Plan: PlanNode }];
  const cost: PlanCost = { joins: 0, scans: 0 };
  visit(root, (node) => {
    const sides = (node.Plans ?? []).filter(
      (child) => !/^(SubPlan|InitPlan)$/.test(child['Parent Relationship'] ?? ''),
    );
    if (JOINS.includes(node['Node Type']) && sides.filter(readsTable).length > 1) cost.joins += 1;
    if (node['Parent Relationship'] === 'SubPlan' && readsTable(node)) cost.joins += 1;
    // A bitmap scan is one, whatever indexes it looks into: those nodes name no table.
    if (node['Relation Name'] !== undefined) cost.scans += 1;
  });
  return cost;
}

function readsTable(node: PlanNode): boolean {
  let reads = false;
  visit(node, (one) => {
    if (one['Relation Name'] !== undefined || one['CTE Name'] !== undefined) reads = true;
  });
  return reads;
}

function visit(node: PlanNode, see: (node: PlanNode) => void): void {
  see(node);
  for (const child of node.Plans ?? []) visit(child, see);
}
