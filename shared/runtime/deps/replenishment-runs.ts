import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createConsumerQueues } from '../../aws/queue/consumer-queues.ts';
import { createReplenishmentQueue } from '../../aws/replenishment/run/run-queue.ts';
import { createReplenishmentRunStore } from '../../aws/replenishment/run/run-store.ts';
import { replenishmentOf, reportingOf } from '../../catalogue/index.ts';
import { writeRunStep } from '../queue-message.ts';
import { readSettings } from '../settings.ts';
import { ownTable } from './table.ts';

const clock = () => new Date();

/** For reading runs. */
export const runReadingDeps = () => ({ runs: createReplenishmentRunStore(ownTable()) });

/** For every step of a run. */
export function runDeps() {
  const catalogue = createCatalogueStore(ownTable(), clock);
  const settings = async () => replenishmentOf(await catalogue.seller());
  return {
    ...{ ...runReadingDeps(), clock, settings },
    queue: createReplenishmentQueue(createConsumerQueues(readSettings().queueUrl), writeRunStep),
    sites: async () => {
      const { warehouses } = await catalogue.network();
      const active = warehouses.filter((each) => each.active).map(({ warehouseId }) => warehouseId);
      const { sites } = await settings();
      return sites === undefined ? active : active.filter((warehouseId) => sites.includes(warehouseId));
    },
    choice: async () => {
      const seller = await catalogue.seller();
      return {
        timeZone: reportingOf(seller).timeZone,
        settings: replenishmentOf(seller),
        isDaily: seller?.replenishment !== undefined,
      };
    },
  };
}
