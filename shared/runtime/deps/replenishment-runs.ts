import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createConsumerQueues } from '../../aws/queue/consumer-queues.ts';
import { createReplenishmentQueue } from '../../aws/replenishment/run/run-queue.ts';
import { createReplenishmentRunStore } from '../../aws/replenishment/run/run-store.ts';
import { replenishedSites, replenishesDaily, replenishmentOf, reportingOf } from '../../catalogue/index.ts';
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
      return replenishedSites(warehouses, await settings());
    },
    choice: async () => {
      const seller = await catalogue.seller();
      return {
        timeZone: reportingOf(seller).timeZone,
        settings: replenishmentOf(seller),
        isDaily: replenishesDaily(seller),
      };
    },
  };
}
