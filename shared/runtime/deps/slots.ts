import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createQuoteStore } from '../../aws/quote/quote-store.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { createSlotZoneStore } from '../../aws/slots/slot-zone-store.ts';
import { newId } from '../../kernel/ids.ts';
import { createVerifiedQuotes } from '../../quote/index.ts';
import { countHeld, type HoldToCount } from '../../slots/index.ts';
import { baseDeps } from './base.ts';
import { countingDeps } from './callers.ts';
import { ownTable } from './table.ts';

/** For delivery zones, their slots, and the held places. */
export function slotsDeps() {
  const { clock, secrets, settings } = baseDeps();
  const table = ownTable();
  const signingKey = () => secrets.read(settings.secretArn('quote-signing'));
  const catalogue = createCatalogueStore(table, clock);
  const counting = countingDeps(table, { catalogue, secret: signingKey });
  return {
    clock,
    newId,
    quotes: createVerifiedQuotes(createQuoteStore(table), signingKey),
    zones: createSlotZoneStore(table, clock),
    slots: createSlotStore(table),
    countHeld: async (hold: HoldToCount) => countHeld(await counting(), hold),
  };
}
