import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createClosedOrders } from '../../aws/order/closed-orders.ts';
import { createErasureRequests } from '../../aws/order/erasure-requests.ts';
import { createPersonalData } from '../../aws/order/personal-data.ts';
import { personHashBy } from '../../kernel/person-hash.ts';
import { openReasons } from '../../order/index.ts';
import { eraseIfAsked } from '../../privacy/index.ts';
import { log } from '../log.ts';
import { coreDeps } from './core.ts';

/** For erasing the personal data of an order. */
function eraseDeps() {
  const core = coreDeps();
  return { ...core, personal: createPersonalData(core.table), openReasons };
}

/** For erasing an order that somebody asked to erase, once it has ended. */
export function eraseDueDeps() {
  const deps = eraseDeps();
  const cause = { by: 'clock', reference: 'erasure' } as const;
  return { erase: (orderId: string) => eraseIfAsked(deps, orderId, cause) };
}

/** For requests to erase, and for what became of them. */
export function erasureDeps() {
  const deps = eraseDeps();
  const { secrets, settings, table } = deps;
  return {
    ...deps,
    requests: createErasureRequests(table),
    personHash: async (email: string) =>
      personHashBy(await secrets.read(settings.secretArn('quote-signing')))(email),
  };
}

/** For erasing what was kept for long enough. */
export function eraseExpiredDeps() {
  const deps = eraseDeps();
  const catalogue = createCatalogueStore(deps.table, deps.clock);
  return {
    ...deps,
    closed: createClosedOrders(deps.table),
    seller: () => catalogue.seller(),
    onFailure: (error: unknown, orderId: string) => log.error('NOT_ERASED', error, { orderId }),
  };
}
