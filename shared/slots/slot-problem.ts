import { unreachable } from '../kernel/invariant.ts';
import { contended, keyReused, type Problem } from '../kernel/problem.ts';
import type { HoldRefusal } from './hold-slot.ts';
import type { SlotSearchRefusal } from './list-slots.ts';

const SLOT = '#/path/slotId';

/** When a shopper may try again who holds too many places, in seconds. */
const RETRY_AFTER_SECONDS = 60;

/** The answer to a refused search or hold; `sentIn` says where the request named quote and option. */
export function slotProblem(refusal: HoldRefusal | SlotSearchRefusal, sentIn: '' | '#/query'): Problem {
  const { reason } = refusal;
  const onQuote = (status: 404 | 409 | 410 | 422, title: string, detail: string): Problem => ({
    status,
    code: reason,
    title,
    detail,
    errors: [{ pointer: `${sentIn}/quoteId`, code: reason, detail }],
  });
  const onSlot = (status: 404 | 409 | 422, title: string, detail: string): Problem => ({
    status,
    code: reason,
    title,
    detail,
    errors: [{ pointer: SLOT, code: reason, detail }],
  });
  switch (reason) {
    case 'key-reused':
      return keyReused;
    case 'quote-unknown':
      return onQuote(404, 'Quote unknown', 'There is no such quote of this storefront.');
    case 'quote-expired':
      return onQuote(
        410,
        'Quote expired',
        'The quote has expired: it was valid for 30 minutes. Ask for a new one.',
      );
    case 'quote-consumed':
      return onQuote(409, 'Quote consumed', 'An order was placed on this quote. Ask for a new one.');
    case 'quote-elsewhere':
      return onQuote(422, 'Quote of another place', 'The quote was computed for another place.');
    case 'option-unknown': {
      const detail = 'The quote has no such option.';
      const errors = [{ pointer: `${sentIn}/optionId`, code: reason, detail }];
      return { status: 422, code: reason, title: 'Option unknown', detail, errors };
    }
    case 'too-many-held':
      return {
        status: 429,
        code: reason,
        title: 'Too many held places',
        detail:
          'There are too many held places of slots from this network, or in this shop, at the moment. Order one of them, or try again later.',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      };
    case 'slot-unknown':
      return onSlot(404, 'Slot unknown', 'There is no such slot. List the slots again.');
    case 'slot-closed':
      return onSlot(409, 'Slot closed', 'The slot is not open for booking now. List the slots again.');
    case 'slot-full':
      return onSlot(409, 'Slot full', 'Every place of the slot is taken. List the slots again.');
    case 'slot-elsewhere':
      return onSlot(
        422,
        'Slot of another place',
        "The slot's delivery zone does not cover the destination of the quote.",
      );
    case 'slot-of-other-carrier':
      return onSlot(422, 'Slot of another carrier', 'Parcels of the quote go with another carrier.');
    case 'slot-before-promise':
      return onSlot(422, 'Slot too early', 'The slot begins before the promised arrival of the parcels.');
    case 'slot-not-quoted':
      return onSlot(
        422,
        'Slot not in the price',
        'The quote was priced without this slot. Refresh it with the slot and hold a place for the new quote.',
      );
    case 'contended':
      return contended;
    default:
      return unreachable(reason, 'every refusal has an answer');
  }
}
