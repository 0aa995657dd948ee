/** `explain`: which plan was chosen, and what it looked at when it ran (manual, "Explain Results"). */
import { describeInterval } from '../index/bounds.ts';
import type { IndexPlan, Plan } from '../index/planner.ts';
import { docToResult } from '../values/convert.ts';
import type { Condition } from '../query/condition.ts';
import { isOperatorDoc } from '../query/parse.ts';
import type { Doc, Input } from '../values/types.ts';
import type { PreparedPipeline } from './aggregate.ts';
import { collationDoc } from '../index/index.ts';
import { type Execution, type Query, run } from './find.ts';

export type Verbosity = 'queryPlanner' | 'executionStats' | 'allPlansExecution';

/** What a stage counted, by the name of the stage's own fields. */
type Figures = Readonly<Record<string, unknown>>;

/** The plan of a query, and with `executionStats` what it took to run it. */
export function explainQuery(
  query: Query,
  namespace: string,
  verbosity: Verbosity,
  command: Input,
): Input {
  const explained: Input = {
    explainVersion: '1',
    queryPlanner: {
      namespace,
      parsedQuery: parsed(query.filter),
      indexFilterSet: false,
      maxIndexedOrSolutionsReached: false,
      maxIndexedAndSolutionsReached: false,
      maxScansToExplodeReached: false,
      winningPlan: query.data ? tree(query, null) : { stage: 'EOF' },
      rejectedPlans: query.rejected.map((plan) => ({
        stage: 'FETCH',
        inputStage: indexScan(plan, null),
      })),
    },
  };
  if (verbosity !== 'queryPlanner') explained.executionStats = executionStats(query, namespace);
  explained.command = command;
  explained.ok = 1;
  return explained;
}

/** The filter as it was understood: a plain value is an `$eq`. */
function parsed(filter: Doc): Input {
  const shown = docToResult(filter);
  for (const field in filter) {
    if (!field.startsWith('$') && !isOperatorDoc(filter[field]!))
      shown[field] = { $eq: shown[field] };
  }
  return shown;
}

function executionStats(query: Query, namespace: string): Input {
  const start = performance.now();
  const execution = run(query, namespace);
  return {
    executionSuccess: true,
    nReturned: execution.docs.length,
    executionTimeMillis: Math.round(performance.now() - start),
    totalKeysExamined: execution.keysExamined,
    totalDocsExamined: execution.docsExamined,
    executionStages: query.data ? tree(query, execution) : { stage: 'EOF', nReturned: 0 },
  };
}

/** The stages, the last first, as the server nests them. */
function tree(query: Query, execution: Execution | null): Input {
  const { sort, skip, limit, projection, winner } = query;
  const returned = (n: number): Figures => (execution ? { nReturned: n } : {});
  const final = execution?.docs.length ?? 0;
  let stage = source(query, execution);
  if (!winner.sorted && sort.length > 0) {
    stage = {
      stage: 'SORT',
      ...returned(Math.min(execution?.found ?? 0, skip + limit)),
      sortPattern: Object.fromEntries(sort.map(({ field, direction }) => [field, direction])),
      ...(limit === Infinity ? {} : { limitAmount: skip + limit }),
      type: 'simple',
      inputStage: stage,
    };
  }
  if (skip > 0) stage = { stage: 'SKIP', ...returned(final), skipAmount: skip, inputStage: stage };
  if (limit !== Infinity && (winner.sorted || sort.length === 0)) {
    stage = { stage: 'LIMIT', ...returned(final), limitAmount: limit, inputStage: stage };
  }
  if (projection) {
    const name = projection.fields ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT';
    stage = { stage: name, ...returned(final), inputStage: stage };
  }
  return stage;
}

function filterOf(query: Query): Figures {
  return Object.keys(query.filter).length ? { filter: parsed(query.filter) } : {};
}

/** The text search of a filter. */
function textOf(condition: Condition): boolean {
  if (condition.kind === 'and') return condition.conditions.some(textOf);
  return condition.kind === 'document' && condition.operator === '$text';
}

function source(query: Query, execution: Execution | null): Input {
  const plan: Plan = query.winner;
  if (query.data?.text && textOf(query.condition))
    return {
      stage: 'TEXT_MATCH',
      indexName: query.data.text.name,
      ...(execution ? { nReturned: execution.found, docsExamined: execution.docsExamined } : {}),
      textIndexVersion: 3,
    };
  const counts: Figures = execution
    ? { nReturned: execution.found, docsExamined: execution.docsExamined }
    : {};
  switch (plan.stage) {
    case 'COLLSCAN':
      return {
        stage: 'COLLSCAN',
        ...filterOf(query),
        ...counts,
        direction: plan.direction === 1 ? 'forward' : 'backward',
      };
    case 'IDHACK':
      return {
        // The name that it has had since 8.0; before, it was IDHACK.
        stage: 'EXPRESS_IXSCAN',
        keyPattern: '{ _id: 1 }',
        indexName: '_id_',
        ...(execution
          ? {
              nReturned: execution.found,
              keysExamined: execution.keysExamined,
              docsExamined: execution.docsExamined,
            }
          : {}),
      };
    case 'IXSCAN':
      return {
        stage: 'FETCH',
        ...residualOf(query, plan),
        ...counts,
        inputStage: indexScan(plan, execution),
      };
    case 'OR':
      return {
        stage: 'FETCH',
        ...counts,
        inputStage: {
          stage: 'OR',
          inputStages: plan.branches.map((branch) => indexScan(branch, null)),
        },
      };
  }
}

/** The filter is shown where the index alone does not decide it. */
function residualOf(query: Query, { index, bounds }: IndexPlan): Figures {
  const { fields } = index.definition;
  const decided = Object.keys(query.filter).every(
    (field) =>
      fields.includes(field) &&
      bounds[fields.indexOf(field)]!.some(
        ({ low }) =>
          describeInterval({ low, lowInclusive: true, high: low, highInclusive: true }, false) !==
          '[MinKey, MinKey]',
      ),
  );
  return decided && !index.isMultikey ? {} : filterOf(query);
}

function indexScan({ index, bounds, direction }: IndexPlan, execution: Execution | null): Input {
  const { name, key, fields, directions, unique, sparse, partial, collation } = index.definition;
  return {
    stage: 'IXSCAN',
    ...(execution ? { nReturned: execution.docsExamined } : {}),
    keyPattern: docToResult(key),
    indexName: name,
    ...(collation.spec ? { collation: docToResult(collationDoc(collation)) } : {}),
    isMultiKey: index.isMultikey,
    multiKeyPaths: Object.fromEntries(
      fields.map((field, i) => [field, index.multikey[i] ? [field] : []]),
    ),
    isUnique: unique || name === '_id_',
    isSparse: sparse,
    isPartial: partial !== null,
    indexVersion: 2,
    direction: direction === 1 ? 'forward' : 'backward',
    indexBounds: Object.fromEntries(
      fields.map((field, i) => {
        const reversed = direction * directions[i]! < 0;
        const intervals = direction === 1 ? bounds[i]! : bounds[i]!.toReversed();
        return [field, intervals.map((interval) => describeInterval(interval, reversed))];
      }),
    ),
    ...(execution ? { keysExamined: execution.keysExamined } : {}),
  };
}

/** A pipeline: the cursor that feeds it, and the stages it is fed into. */
export function explainPipeline(
  prepared: PreparedPipeline,
  namespace: string,
  verbosity: Verbosity,
  command: Input,
): Input {
  const cursor = explainQuery(prepared.query, namespace, verbosity, command);
  if (prepared.rest.length === 0) return cursor;
  const { queryPlanner, executionStats: stats } = cursor as {
    queryPlanner: Input;
    executionStats?: Input;
  };
  return {
    explainVersion: '1',
    stages: [
      { $cursor: { queryPlanner, ...(stats ? { executionStats: stats } : {}) } },
      ...prepared.rest.map((stage) => docToResult(stage as never)),
    ],
    command,
    ok: 1,
  };
}
