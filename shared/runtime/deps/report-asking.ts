import { makersOfReports } from '../../../events/consumers.ts';
import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable, type Table } from '../../aws/clients.ts';
import { s3Store } from '../../aws/lake/s3-store.ts';
import { createConsumerQueues } from '../../aws/queue/consumer-queues.ts';
import { createRunQueue } from '../../aws/reports/run-queue.ts';
import { createRunStore } from '../../aws/reports/run-store.ts';
import { reportingOf } from '../../catalogue/index.ts';
import { tableFigures } from '../../lake/table-figures.ts';
import { lakeReports } from '../../reports/lake-reports.ts';
import { writeRun } from '../queue-message.ts';
import { readSettings } from '../settings.ts';

const clock = () => new Date();

/** For asking for reports of the lake. */
export function askingDeps(table: Table) {
  const catalogue = createCatalogueStore(table, clock);
  const queues = createConsumerQueues(readSettings().queueUrl);
  return {
    ...{ reports: lakeReports, clock },
    runs: createRunStore(table),
    queue: createRunQueue(queues, makersOfReports(), writeRun),
    choice: async () => reportingOf(await catalogue.seller()),
  };
}

/** For the job that asks for the reports of periods that have ended. */
export function askForClosedDeps() {
  const { tableName, lakeBucket } = readSettings();
  const store = s3Store(lakeBucket());
  return { ...askingDeps(openTable(tableName)), figures: () => tableFigures(store) };
}
