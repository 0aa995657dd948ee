/** What may stand in a storage entry that a page reads, for tests: damaged, forged, or of another release. */

/** Data that no kind of the course has. */
const DATA: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '"NaN"',
  '""',
  '"dark\\"]); alert(1); //"',
  '"\\ud800 alone \\udfff"',
  '[]',
  '[null, [], {}, "x"]',
  '{}',
  '{"__proto__": {"step": 0, "day": "2026-05-01"}, "constructor": 1}',
  '{"step": 0, "day": "9999-12-31"}',
  '{"step": 3, "day": "0001-01-01"}',
  '{"step": 1e9, "day": "+275760-09-13"}',
  '{"given": ["99", "-1", "x"], "right": false, "tries": 9007199254740991, "first": false, "at": "9999-12-31T23:59:59.999Z"}',
  '{"given": [""], "right": true, "tries": -5, "first": true, "at": "+275760-09-13T00:00:00.000Z"}',
  '{"given": {"length": 3}, "right": "yes", "tries": 1, "first": 0, "at": "soon"}',
  '{"solved": true, "failed": 9007199254740991, "hints": 9007199254740991}',
  '{"solved": "yes", "failed": -1, "hints": null}',
  '{"met": {"__proto__": {"code": 1}, "launch": null}, "failed": ["__proto__", 1], "all": "all"}',
  '{"met": null, "failed": {"length": 2}, "all": true}',
  '{"at": 9007199254740991, "finished": true, "given": {"1.1.q-next-category": ["77"]}, "when": 1}',
  '{"at": 1e308, "finished": false, "given": {"__proto__": ["1"]}, "when": null}',
  '[{"name": "query.sql", "code": "\\ud800"}]',
  '[{"name": "../../x", "code": 1}, null]',
  '[{"name": "package.json", "code": "{\\"main\\": \\"x\\"}"}, {"name": "", "code": ""}]',
];

/** At least 25, each the whole text of an entry. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...DATA.map((data) => `[1,${data}]`),
  // An older and a newer version, and what only looks like one.
  '[0,{"step":1,"day":"2026-05-01"}]',
  '[2,{"pages":{"1.1":"read"}}]',
  '[1e400,1]',
  '["1",true]',
  '[1]',
  '{"0":1,"1":true}',
  // No entries at all.
  '',
  'light',
  'a b > c, {',
  '[1,{"step":0,"day":"2026',
  '\ud800',
  `[1,${'['.repeat(50_000)}${']'.repeat(50_000)}]`,
];

/** 2.5 million characters, which is all that browsers keep for a site. */
export const hugeText = (): string => `[1,"${'x'.repeat(2_500_000)}"]`;
