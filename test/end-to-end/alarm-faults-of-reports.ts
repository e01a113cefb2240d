import { localLake } from '../../shared/aws/lake/lake-bucket.ts';
import { createRunStore } from '../../shared/aws/reports/run-store.ts';
import { dayAfter, hourMs, later } from '../../shared/kernel/time.ts';
import { COMPACTED } from '../../shared/lake/lake-keys.ts';
import { runIdOf } from '../../shared/reports/run/ports.ts';
import type { ReportQuestion } from '../../shared/reports/run/report-run.ts';
import { message } from './alarm-faults-of-messages.ts';
import type { AlarmedBackend, AlarmFault } from './alarmed-backend.ts';

/** Faults of the function that makes reports, and of what it waits for. */
export const reportFaults: readonly AlarmFault[] = [
  {
    alarm: 'ReportsNotMade',
    what: 'a report fails three times, because the tables can not be read',
    logs: ['REPORT_NOT_MADE'],
    make: async (at) => {
      const question = ofDay(5);
      await withTables(at, 'no JSON', async () => {
        await asked(at, question);
        for (const _try of [1, 2, 3])
          await at.invoke('reports/make-report', { Records: [message({ report: runIdOf(question) })] });
      });
    },
  },
  {
    alarm: 'ReportsNotMade',
    what: 'a report of the day before yesterday was asked for hours ago, and is not there',
    logs: ['REPORT_LATE'],
    make: async (at) => {
      const question = ofDay(2);
      const figures = { orders: { [question.period]: { rows: 1, checksum: '1' } } };
      const state = { version: 1, earlier: {}, objects: {}, setAside: [], setAsideCount: 0, tables: figures };
      await withTables(at, JSON.stringify({ ...state, madeAt: new Date().toISOString() }), async () => {
        await asked(at, question);
        await at.running.backend.cloud.runSchedule('entrepot-local-ReportsEveryHourAskForReports');
        await at.running.backend.cloud.settled(120_000);
      });
    },
  },
];

const ofDay = (before: number): ReportQuestion => ({
  ...{ report: 'sales', periodKind: 'day', timeZone: 'UTC', currency: 'EUR', parameters: {} },
  period: dayAfter(new Date().toISOString().slice(0, 10), -before),
});

/** Stores that the report was asked for three hours ago. */
const asked = ({ table }: AlarmedBackend, question: ReportQuestion) =>
  createRunStore(table).save({
    run: { question, state: 'asked', askedAt: later(new Date().toISOString(), -3 * hourMs), attempts: 0 },
    revision: 0,
  });

/** What the tables of the lake are made of says this for a while. */
async function withTables(
  { running }: AlarmedBackend,
  text: string,
  act: () => Promise<void>,
): Promise<void> {
  const lake = await localLake(`${running.backend.url}/_local/s3`);
  if (lake === undefined) throw new Error('the backend has no lake');
  const before = await lake.store.read(COMPACTED);
  await lake.store.write(COMPACTED, text);
  try {
    await act();
  } finally {
    if (before === undefined) await lake.store.remove(COMPACTED);
    else await lake.store.write(COMPACTED, before);
  }
}
