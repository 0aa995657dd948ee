/** Functions that stand where mongosh has one and this shell has none: called, they say so. */
import { ABSENT_FUNCTIONS, ABSENT_OBJECTS, absentNames, type ShellKind } from '../absent.ts';
import { MongoshUnimplementedError } from '../errors.ts';

const SHOWN: Readonly<Record<ShellKind, string>> = {
  collection: 'db.collection.',
  database: 'db.',
  cursor: 'cursor.',
  explainable: 'db.collection.explain().',
  connection: 'db.getMongo().',
  session: 'session.',
};

/** A function that throws. @param why ends the sentence. */
function refusal(name: string, why = ''): () => never {
  return () => {
    throw new MongoshUnimplementedError(
      `${name}() is something that mongosh has and this shell has not${why && `: ${why}`}.`,
    );
  };
}

/** What stands in the place of a method that is absent; `undefined` if mongosh has none of that name. */
export const absentMethod = (kind: ShellKind, name: string): (() => never) | undefined =>
  absentNames(kind).has(name) ? refusal(`${SHOWN[kind]}${name}`) : undefined;

/** Gives a prototype the methods that it has not. */
export function withAbsent(prototype: object, kind: ShellKind): void {
  for (const name of absentNames(kind))
    if (!(name in prototype))
      Object.defineProperty(prototype, name, {
        value: absentMethod(kind, name),
        configurable: true,
      });
}

/** Global names, each with what refuses. */
export function absentGlobals(): Record<string, unknown> {
  const objects = Object.entries(ABSENT_OBJECTS).map(([name, why]) => [
    name,
    new Proxy(
      {},
      {
        get: (_, key) =>
          typeof key === 'symbol' || key === 'then' || key === 'constructor'
            ? undefined
            : refusal(`${name}.${key}`, why),
        // As the object itself is shown.
        ownKeys: () => [],
      },
    ),
  ]);
  return {
    ...Object.fromEntries(ABSENT_FUNCTIONS.map((name) => [name, refusal(name)])),
    ...(Object.fromEntries(objects) as object),
    load: refusal('load', 'there are no files to load. Write the script into the cell'),
    require: refusal('require', 'there are no modules. What JavaScript brings along is here'),
  };
}
