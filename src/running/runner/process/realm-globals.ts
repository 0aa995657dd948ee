/** What the document store uses besides ECMAScript, made of it: all objects are the realm's. */
import { Utf8Decoder, Utf8Encoder } from './utf8.ts';

Object.assign(globalThis, {
  TextEncoder: Utf8Encoder,
  TextDecoder: Utf8Decoder,
  // What is cloned is plain data.
  structuredClone: (value: unknown): unknown => JSON.parse(JSON.stringify(value)),
  performance: { now: () => Date.now() },
});
