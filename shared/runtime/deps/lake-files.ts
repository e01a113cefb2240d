import type { ReportObjects } from '../../aws/reports/report-objects.ts';
import type { LakeStore } from '../../lake/lake-store.ts';
import type { RunFiles } from '../../replenishment/run/ports.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

// The client of S3 is half as large as all that a function loads for the table. It is loaded by the first call: a
// repeated message, a refused request and an hour in which nothing has changed need none.

/** The objects of the lake, in the bucket of this deployment. Every method throws where S3 does not answer. */
export function lakeFiles(): LakeStore {
  const bucket = readSettings().lakeBucket();
  const store = once(async () => (await import('../../aws/lake/s3-store.ts')).s3Store(bucket));
  return {
    async *list(prefix, after) {
      yield* (await store()).list(prefix, after);
    },
    read: async (key) => (await store()).read(key),
    write: async (key, text) => (await store()).write(key, text),
    fetch: async (key, file) => (await store()).fetch(key, file),
    store: async (key, file) => (await store()).store(key, file),
    remove: async (key) => (await store()).remove(key),
  };
}

/** The files of runs of replenishment. Every method throws where S3 does not answer. */
export function runFiles(): RunFiles {
  const bucket = readSettings().lakeBucket();
  const files = once(async () =>
    (await import('../../aws/replenishment/run/run-files.ts')).createRunFiles(bucket),
  );
  return {
    write: async (key, lines) => (await files()).write(key, lines),
    read: async (key) => (await files()).read(key),
  };
}

/** The files of stored reports. Every method throws where S3 does not answer. */
export function reportObjects(): ReportObjects {
  const bucket = readSettings().lakeBucket();
  const objects = once(async () =>
    (await import('../../aws/reports/report-objects.ts')).createReportObjects(bucket),
  );
  return {
    write: async (key, content) => (await objects()).write(key, content),
    read: async (key) => (await objects()).read(key),
    markReplaced: async (key) => (await objects()).markReplaced(key),
    addressOf: async (key, seconds) => (await objects()).addressOf(key, seconds),
  };
}
