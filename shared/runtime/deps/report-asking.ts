import { makersOfReports } from '../../../events/consumers.ts';
import { createSellerStore } from '../../aws/catalogue/seller-store.ts';
import { openTable, type Table } from '../../aws/clients.ts';
import { createConsumerQueues } from '../../aws/queue/consumer-queues.ts';
import { createRunQueue } from '../../aws/reports/run-queue.ts';
import { createRunStore } from '../../aws/reports/run-store.ts';
import { reportingOf } from '../../catalogue/index.ts';
import { tableFigures } from '../../lake/table-figures.ts';
import { loadLakeReports } from '../../reports/lake-reports.ts';
import { writeRun } from '../queue-message.ts';
import { readSettings } from '../settings.ts';
import { lakeFiles } from './lake-files.ts';

const clock = () => new Date();

/** For asking for reports of the lake. */
export function askingDeps(table: Table) {
  const store = createSellerStore(table, clock);
  const queues = createConsumerQueues(readSettings().queueUrl);
  return {
    clock,
    runs: createRunStore(table),
    queue: createRunQueue(queues, makersOfReports(), writeRun),
    choice: async () => reportingOf(await store.seller()),
  };
}

/** For the job that asks for the reports of periods that have ended. */
export function askForClosedDeps() {
  const store = lakeFiles();
  return {
    ...askingDeps(openTable(readSettings().tableName)),
    ...{ reports: loadLakeReports, figures: () => tableFigures(store) },
  };
}
