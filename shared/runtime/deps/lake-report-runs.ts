import { openTable } from '../../aws/clients.ts';
import { s3Store } from '../../aws/lake/s3-store.ts';
import { createReportObjects } from '../../aws/reports/report-objects.ts';
import { createRunStore } from '../../aws/reports/run-store.ts';
import { functionLimits } from '../../lake/engine/function-limits.ts';
import { tableFigures } from '../../lake/table-figures.ts';
import { rowObjects } from '../../reports/lake/row-objects.ts';
import { lakeReports } from '../../reports/lake-reports.ts';
import { isRead } from '../../reports/run/source-print.ts';
import { readSettings } from '../settings.ts';

/** For making reports of the lake. */
export function reportRunDeps() {
  const settings = readSettings();
  const store = s3Store(settings.lakeBucket());
  const limits = functionLimits(settings.memoryMb());
  return {
    ...{ reports: lakeReports, clock: () => new Date() },
    runs: createRunStore(openTable(settings.tableName)),
    files: createReportObjects(settings.lakeBucket()),
    lake: {
      figures: () => tableFigures(store),
      open: async (read: Parameters<typeof isRead>[0]) => {
        const isWanted = ({ subject, day }: { readonly subject: string; readonly day: string }) =>
          isRead(read, { table: subject, day });
        // A run whose tables are unchanged opens none.
        const { openCopy } = await import('../../lake/engine/open-copy.ts');
        const copy = await openCopy({ store, limits }, isWanted);
        return { ...copy, ask: async (sql: string) => rowObjects(await copy.ask(sql)) };
      },
    },
  };
}
