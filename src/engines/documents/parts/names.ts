/** The stages and operators that come in parts. */

/** Of `./analysis.ts`. */
export const ANALYSIS = [
  ...['$setWindowFields', '$fill', '$densify', '$bucketAuto', '$redact', '$graphLookup'],
  ...['$documents', '$median', '$percentile'],
] as const;

/** Of `./dates.ts`. */
export const DATES = [
  ...[
    '$year',
    '$month',
    '$dayOfMonth',
    '$dayOfWeek',
    '$dayOfYear',
    '$week',
    '$isoWeek',
    '$isoWeekYear',
    '$isoDayOfWeek',
    '$hour',
    '$minute',
    '$second',
    '$millisecond',
    '$dateToString',
    '$dateFromString',
    '$dateToParts',
    '$dateFromParts',
    '$dateAdd',
    '$dateSubtract',
    '$dateDiff',
    '$dateTrunc',
  ],
] as const;

/** Of `./texts.ts`. */
export const TEXTS = [
  ...[
    '$concat',
    '$toUpper',
    '$toLower',
    '$strLenCP',
    '$strLenBytes',
    '$substr',
    '$substrBytes',
    '$substrCP',
    '$split',
    '$trim',
    '$ltrim',
    '$rtrim',
    '$indexOfCP',
    '$indexOfBytes',
    '$strcasecmp',
    '$regexMatch',
    '$regexFind',
    '$regexFindAll',
    '$replaceOne',
    '$replaceAll',
  ],
  ...[
    '$type',
    '$isNumber',
    '$convert',
    '$toInt',
    '$toLong',
    '$toDouble',
    '$toDecimal',
    '$toBool',
    '$toDate',
    '$toObjectId',
    '$toString',
  ],
  ...[
    '$setUnion',
    '$setIntersection',
    '$setDifference',
    '$setEquals',
    '$setIsSubset',
    '$anyElementTrue',
    '$allElementsTrue',
  ],
] as const;

/** Of `./writing.ts`. */
export const WRITING = ['$out', '$merge'] as const;

/** All of them. */
export const LATER: ReadonlySet<string> = new Set([...ANALYSIS, ...DATES, ...TEXTS, ...WRITING]);
