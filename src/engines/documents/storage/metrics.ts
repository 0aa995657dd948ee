/** What a store has done since it was made: the figures of `serverStatus().metrics` (manual, "serverStatus"). */

/** Counts that only grow. */
export interface Metrics {
  document: {
    deleted: number;
    inserted: number;
    /** Documents that an update matched, whether or not it changed them, as the server counts. */
    updated: number;
  };
  queryExecutor: {
    /** Keys of indexes. */
    scanned: number;
    /** Documents that were looked at, found or not: the sum of all `totalDocsExamined`. */
    scannedObjects: number;
  };
}

export const noMetrics = (): Metrics => ({
  document: { deleted: 0, inserted: 0, updated: 0 },
  queryExecutor: { scanned: 0, scannedObjects: 0 },
});

/** Adds what a plan has looked at. */
export function countExamined(metrics: Metrics, keys: number, docs: number): void {
  metrics.queryExecutor.scanned += keys;
  metrics.queryExecutor.scannedObjects += docs;
}
