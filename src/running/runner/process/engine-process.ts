/** The program of a process that holds one database of the engine that its argument names. */
import { builtImage, nodeAssets } from '../../../engines/assets.ts';
import { ENGINES, isAvailable } from '../../../engines/registry.ts';
import { answerRequests } from './answer.ts';
import { keepWatch } from './watch.ts';

const [name = ''] = process.argv.slice(2);
if (!isAvailable(name)) throw new Error(`no engine "${name}" in src/engines/registry.ts`);

keepWatch();
answerRequests(
  ENGINES[name]().then((engine) => engine.open(nodeAssets(name))),
  (dataset) => builtImage(name, dataset),
);
