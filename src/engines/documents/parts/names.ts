/** The stages and operators that come in parts, and the names of MongoDB's that are not here at all. */

/** Of `./analysis.ts`. */
export const ANALYSIS = [
  ...['$setWindowFields', '$fill', '$densify', '$bucketAuto', '$redact', '$graphLookup'],
  ...['$median', '$percentile'],
] as const;

/** All of them. */
export const LATER: ReadonlySet<string> = new Set(ANALYSIS);
