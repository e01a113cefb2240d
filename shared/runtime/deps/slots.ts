import { createQuoteStore } from '../../aws/quote/quote-store.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { createSlotZoneStore } from '../../aws/slots/slot-zone-store.ts';
import { createVerifiedQuotes } from '../../quote/index.ts';
import { coreDeps } from './core.ts';

/** For delivery zones, their slots, and the held places. */
export function slotsDeps() {
  const { table, clock, newId, secrets, settings } = coreDeps();
  const signingKey = () => secrets.read(settings.secretArn('quote-signing'));
  return {
    clock,
    newId,
    quotes: createVerifiedQuotes(createQuoteStore(table), signingKey),
    zones: createSlotZoneStore(table, clock),
    slots: createSlotStore(table),
  };
}
