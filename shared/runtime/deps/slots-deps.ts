import { createQuoteStore } from '../../aws/quote/quote-store.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { createSlotZoneStore } from '../../aws/slots/slot-zone-store.ts';
import { verifyQuote } from '../../quote/index.ts';
import type { SlotQuotes } from '../../slots/index.ts';
import { once } from '../once.ts';
import { coreDeps } from './core-deps.ts';

/** For delivery zones, their slots, and the places that are held in them. */
export const slotsDeps = once(() => {
  const { table, clock, newId, secrets, settings } = coreDeps();
  const stored = createQuoteStore(table);
  const quotes: SlotQuotes = {
    /** A stored quote whose signature is ours; an altered one is as good as none. */
    async read(quoteId) {
      const quote = await stored.get(quoteId);
      if (quote === undefined) return undefined;
      const isOurs = verifyQuote(quote, await secrets.read(settings.secretArn('quote-signing')));
      if (!isOurs) return undefined;
      const { storefrontId, expiresAt, options } = quote;
      return { quoteId, storefrontId, expiresAt, options };
    },
  };
  return { clock, newId, quotes, zones: createSlotZoneStore(table, clock), slots: createSlotStore(table) };
});
