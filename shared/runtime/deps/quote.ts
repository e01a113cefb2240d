import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createQuoteStore, putRefusal } from '../../aws/quote/quote-store.ts';
import { createWorkloadStore } from '../../aws/quote/workload-store.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { createSlotZoneStore } from '../../aws/slots/slot-zone-store.ts';
import { createAvailability } from '../../aws/stock/availability.ts';
import { type NewId, newId } from '../../kernel/ids.ts';
import type { QuoteDeps } from '../../quote/index.ts';
import { slotToQuote } from '../../slots/index.ts';
import { soonOrNever } from '../in-time.ts';
import { knownPartners } from '../known-partners.ts';
import { log } from '../log.ts';
import { isPayableHere } from '../payable.ts';
import { baseDeps } from './base.ts';
import { catalogueDeps } from './catalogue.ts';
import { ruleBooksOf } from './rules.ts';
import { ownTable } from './table.ts';

/** How long the answer to a refused basket waits for the note of the refusal. */
const NOTE_MS = 300;

/** For pricing baskets. */
export function quoteDeps(): QuoteDeps & { readonly clock: () => Date; readonly newId: NewId } {
  const { clock, secrets, settings } = baseDeps();
  const table = ownTable();
  const zones = createSlotZoneStore(table, clock);
  const deliverySlot: QuoteDeps['deliverySlot'] = async (slotId, destination, now) =>
    slotToQuote(await zones.zones(), slotId, destination, now);
  return {
    clock,
    newId,
    knownPartners,
    catalogue: createCatalogueStore(table, clock),
    stock: createAvailability(table, clock),
    workload: createWorkloadStore(table, clock),
    rates: createRatesStore(table, clock),
    rules: ruleBooksOf(table, clock),
    quotes: createQuoteStore(table),
    deliverySlot,
    isPayable: isPayableHere,
    noteRefusal: (refused) =>
      soonOrNever(NOTE_MS, () => putRefusal(table, refused)).catch((error: unknown) =>
        log.error('REFUSAL_NOT_KEPT', error),
      ),
    signingKey: () => secrets.read(settings.secretArn('quote-signing')),
  };
}

/** For listing the products that a market may buy: products, lanes, where the goods are, rates and rules. */
export function sellableDeps() {
  const core = catalogueDeps();
  return {
    ...core,
    knownPartners,
    stock: createAvailability(core.table, core.clock),
    rules: ruleBooksOf(core.table, core.clock),
  };
}
