import type { PublishedFees } from '../list-fee.ts';
import { listFees as paypal } from './paypal/list-fees.ts';
import { listFees as stripe } from './stripe/list-fees.ts';
import { listFees as xendit } from './xendit/list-fees.ts';

/** What providers of the registry publish of their fees. Those of the others are agreed with each merchant. */
export const listFees: PublishedFees['lists'] = { stripe, paypal, xendit };
