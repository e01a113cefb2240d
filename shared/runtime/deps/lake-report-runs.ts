import { openTable } from '../../aws/clients.ts';
import { createRunStore } from '../../aws/reports/run-store.ts';
import { functionLimits } from '../../lake/engine/function-limits.ts';
import { tableFigures } from '../../lake/table-figures.ts';
import { rowObjects } from '../../reports/lake/row-objects.ts';
import { lakeReportNamed } from '../../reports/lake-reports.ts';
import { isRead } from '../../reports/run/source-print.ts';
import { readSettings } from '../settings.ts';
import { lakeFiles, reportObjects } from './lake-files.ts';

/** For making reports of the lake. */
export function reportRunDeps() {
  const settings = readSettings();
  const store = lakeFiles();
  const limits = functionLimits(settings.memoryMb());
  return {
    ...{ reportNamed: lakeReportNamed, clock: () => new Date() },
    runs: createRunStore(openTable(settings.tableName)),
    files: reportObjects(),
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
