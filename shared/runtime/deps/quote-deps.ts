import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createRuleStore } from '../../aws/duties/rule-store.ts';
import { createQuoteStore } from '../../aws/quote/quote-store.ts';
import { createWorkloadStore } from '../../aws/quote/workload-store.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { createSlotZoneStore } from '../../aws/slots/slot-zone-store.ts';
import { createStockStore } from '../../aws/stock/stock-store.ts';
import { createRuleBooks } from '../../duties/rule-import/index.ts';
import { ok } from '../../kernel/result.ts';
import type { QuoteDeps } from '../../quote/index.ts';
import { quotableSlot } from '../../slots/index.ts';
import { knownPartners } from '../known-partners.ts';
import { once } from '../once.ts';
import { coreDeps } from './core-deps.ts';

/** For pricing baskets. */
export const quoteDeps = once(() => {
  const { table, clock, newId, secrets, settings } = coreDeps();
  const zones = createSlotZoneStore(table, clock);
  const deliverySlot: QuoteDeps['deliverySlot'] = async (slotId, destination, now) => {
    const found = quotableSlot(await zones.zones(), slotId, destination, now);
    if (!found.ok) return found;
    const { carrier, from, to, surcharge } = found.value.slot;
    return ok({ slotId, carrier, from, to, ...(surcharge === undefined ? {} : { surcharge }) });
  };
  return {
    clock,
    newId,
    knownPartners,
    catalogue: createCatalogueStore(table, clock),
    stock: createStockStore(table),
    workload: createWorkloadStore(table, clock),
    rates: createRatesStore(table, clock),
    rules: createRuleBooks(createRuleStore(table, clock)),
    quotes: createQuoteStore(table),
    deliverySlot,
    signingKey: () => secrets.read(settings.secretArn('quote-signing')),
  };
});
