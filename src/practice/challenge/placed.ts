/** Where a page has its challenge. */

/** The lasting id of a stage on its page. */
export const stageId = (challenge: string, stage: string): string => `${challenge}-${stage}`;

/** The id of its cell. */
export const cellId = (challenge: string, stage: string): string =>
  `${stageId(challenge, stage)}-code`;

/** @returns the ids of the challenges that a page's source places. */
export const placedChallenges = (source: string): string[] =>
  [...source.matchAll(/<Challenge\s+id="([^"]*)"/g)].map(([, id]) => id!);
