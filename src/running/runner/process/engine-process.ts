/** The program of a process that holds one database of the engine that its arguments name, with its folder. */
import { builtImage, nodeAssets } from '../../../engines/assets.ts';
import { loadAssetBuilder, loadEngine } from '../../../engines/registry.ts';
import { answerRequests } from './answer.ts';
import { keepWatch } from './watch.ts';

const [name = '', folder] = process.argv.slice(2);
const reference = { name, ...(folder !== undefined && { folder }) };

keepWatch();
answerRequests(
  loadEngine(reference).then((engine) => engine.open(nodeAssets(reference))),
  (dataset) => builtImage(reference, dataset),
  async () => (await loadAssetBuilder(reference))!.halves!.watch(nodeAssets(reference)),
);
