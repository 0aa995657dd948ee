/** Where this shell prints something else than mongosh, and why. */
export const DECLARED: readonly { inputs: readonly string[]; why: string }[] = [
  {
    inputs: ['await 1'],
    why: 'mongosh awaits by itself and refuses the word at the top level. Here it is taken: programs that have it are pasted.',
  },
  {
    inputs: ["ISODate('2024-02-30')", "ISODate('2023-02-29')"],
    why: 'V8 makes the 1st of March of them, other browsers nothing. No calendar has the days, so they are refused.',
  },
  {
    inputs: [
      ...['(x) => x', '(class extends Base {})', 'async () => 1', 'async () => { await null }'],
    ],
    why: 'mongosh shows the name that its rewriter gives to what has none (_cr).',
  },
  {
    inputs: ['print(print)', 'EJSON'],
    why: 'Each function of mongosh has a help of its own, which it shows along.',
  },
  {
    inputs: ['({ [Symbol("k")]: 1 })', 'new ArrayBuffer(4)'],
    why: 'Node 24 prints these otherwise than the Node 20 that mongosh 2 is shipped with, which is followed.',
  },
  {
    inputs: ['@', 'yield 1', 'a b', '"use strict"; with (x) {}'],
    why: "Where a syntax error is, and what is one, is the parser's: Babel there, acorn here.",
  },
];
