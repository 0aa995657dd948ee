/** The statements of a script in the order in which an engine runs and counts them. */
import { scriptLines } from '../../../engines/redis/script.ts';
import type { EngineName, Script } from '../../../engines/engine.ts';
import { positionAt } from '../../../engines/sql/position.ts';
import { splitStatements } from '../../../engines/sql/statements.ts';
import type { Statement } from './messages.ts';

/** @returns none for the document store, which says itself where it is. */
export function statementsOf(engine: EngineName, { files }: Script): Statement[] {
  switch (engine) {
    case 'postgres':
    case 'sqlite':
      return files.flatMap(({ code }, file) =>
        splitStatements(code, engine).map(({ text, start }) => ({
          file,
          line: positionAt(code, start).line,
          text,
        })),
      );
    case 'redis':
      return scriptLines(files).map(({ file, number }) => ({
        file,
        line: number,
        text: files[file]!.code.split(/\r?\n/)[number - 1]!.trim(),
      }));
    case 'documents':
      return [];
  }
}
