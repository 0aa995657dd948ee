/**
 * `npm run judge -- mongosh [3.1]`: mongosh itself, connected to the document store by the wire, runs every cell of
 * the course that speaks mongosh, or of the pages named. What it prints is compared with what the page prints,
 * letter by letter.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../src/engines/documents/wire/server.ts';
import { courseRoot } from '../../src/foundation/content/root.ts';
import type { PlacedCell } from '../../src/running/cells/cell.ts';
import { readDataset } from '../../src/running/cells/execute/dataset.ts';
import { closeDatabases, executeCell } from '../../src/running/cells/execute/execute.ts';
import { cellsBefore, collectCells } from '../../src/running/cells/fence/collect.ts';
import { lecturePages } from '../build/lecture-pages.ts';
import { command, ROOT } from '../process/command.ts';
import { comparable, printed, typedOf } from './mongosh/answers.ts';
import { KNOWN } from './mongosh/known.ts';
import { typeInto } from './mongosh/shell.ts';

/** Cells of one session, in their order; most sessions have one. */
type Session = PlacedCell[];

await command(async () => {
  const names = process.argv.slice(2);
  const known = lecturePages(courseRoot(ROOT));
  for (const name of names)
    if (!known.some(({ id }) => id === name)) throw new Error(`No page has the number ${name}.`);
  const sessions = known
    .filter(({ id }) => names.length === 0 || names.includes(id))
    .flatMap(({ source }) => sessionsOf(source));
  const answers = await mongoshOn(sessions);
  const decided = new Map<string, number>();
  let faults = 0;
  let inputs = 0;
  for (const [at, session] of sessions.entries()) {
    const judged = await compared(session, answers[at]!);
    inputs += judged.inputs;
    faults += judged.open.length;
    for (const reason of judged.decided) decided.set(reason, (decided.get(reason) ?? 0) + 1);
    for (const { cell, input, page, mongosh } of judged.open) {
      console.log(`✗ ${cell.file}:${cell.line} #${cell.id}\n${indented(input)}`);
      console.log(`  the page:\n${indented(page)}\n  mongosh:\n${indented(mongosh)}\n`);
    }
  }
  await closeDatabases();
  const cells = sessions.flat().length;
  console.log(`${cells} cells, ${inputs} inputs: ${faults} printed otherwise by mongosh.`);
  for (const [reason, count] of decided)
    console.log(`${String(count).padStart(6)} decided: ${reason}`);
  return faults === 0 && cells > 0;
});

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}

function sessionsOf(source: string): Session[] {
  const cells = collectCells(readFileSync(source, 'utf8'), source);
  const mine = cells.filter(({ engine }) => engine === 'documents');
  const lasts = mine.filter(
    (cell) => !mine.some((later) => cellsBefore<PlacedCell>(cells, later).includes(cell)),
  );
  return lasts.map((last) => [...cellsBefore<PlacedCell>(cells, last), last]);
}

interface Difference {
  cell: PlacedCell;
  input: string;
  page: string;
  mongosh: string;
}

interface Judged {
  inputs: number;
  open: Difference[];
  /** The reasons of differences that are none. */
  decided: string[];
}

/** Runs each session on a server of its own. @returns what mongosh printed for its inputs. */
async function mongoshOn(sessions: readonly Session[]): Promise<string[][]> {
  const servers = await Promise.all(
    sessions.map(() => startServer(0, { log: (line) => console.warn(line) })),
  );
  try {
    return await typeInto(
      sessions.map((session, at) => {
        const dataset = readDataset(session[0]!);
        return {
          uri: servers[at]!.uri,
          dataset: dataset && join(courseRoot(), dataset.name),
          inputs: typedOf(session.flatMap(({ files }) => files)).map(({ text }) => text),
        };
      }),
    );
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** @param answers what mongosh printed for the inputs of the cells. */
async function compared(session: Session, answers: readonly string[]): Promise<Judged> {
  const result: Judged = { inputs: 0, open: [], decided: [] };
  const ids = { page: new Map<string, string>(), mongosh: new Map<string, string>() };
  let at = 0;
  for (const [index, cell] of session.entries()) {
    const { outputs } = await executeCell(cell, session.slice(0, index));
    for (const input of typedOf(cell.files)) {
      const page = comparable(printed(outputs, input), cell, ids.page);
      const mongosh = comparable(answers[at]!, cell, ids.mongosh);
      at += 1;
      result.inputs += 1;
      if (page === mongosh) continue;
      const known = KNOWN.find(({ applies }) => applies(page, mongosh));
      if (known) result.decided.push(known.reason);
      else result.open.push({ cell, input: input.text, page, mongosh });
    }
  }
  return result;
}
