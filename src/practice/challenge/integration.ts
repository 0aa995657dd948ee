/** What judging a challenge needs of it. Designs stay out. */
import { judgedModule } from '../../foundation/yaml/judged-module.ts';
import type { JudgedStage } from './check.ts';
import { parseChallenge } from './parse.ts';
import { CHALLENGE_FOLDER } from './read.ts';

export const judgedChallenges = () => judgedModule(CHALLENGE_FOLDER, judged);

const judged = (source: string, file: string): JudgedStage[] =>
  parseChallenge(source, file).challenge.stages.map(
    ({ name, products, stores, columns, ordered, expect, checks }) => ({
      name,
      products,
      stores,
      columns,
      ordered,
      expect,
      checks,
    }),
  );
