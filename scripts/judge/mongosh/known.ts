/** Where the page and mongosh may print something else, each with its reason. Everything else is a fault. */
export interface Known {
  /** Why. */
  reason: string;
  /** @returns whether the reason is this one. @param page what it prints. @param mongosh what that prints. */
  applies: (page: string, mongosh: string) => boolean;
}

const withoutLayout = (text: string): string => text.replace(/\s+/g, '');

export const KNOWN: readonly Known[] = [
  {
    reason:
      'mongosh lays out each value inside a document of the server as if it stood at the margin, and says nothing of depth (shell-api: deep-inspect); the page prints documents as util.inspect does',
    applies: (page, mongosh) =>
      page.startsWith('[') || page.startsWith('{')
        ? withoutLayout(page) === withoutLayout(mongosh)
        : false,
  },
];
