import type { Authentication } from '../../../events/authentication.ts';
import { currentIntent, factsNamed, standingCaptures, type Timeline } from '../../timeline/index.ts';
import { amountText, type PackSection, timeText } from './pack-section.ts';

/** When and how the order was paid, with the outcome of the authentication. It has no data of a card. */
export function paymentSection({ facts }: Timeline): PackSection {
  const { provider, method, providerPaymentId, paymentId } = currentIntent(facts);
  const authorised = factsNamed(facts, 'payment.authorised').at(-1);
  const captures = standingCaptures(facts);
  const authentication =
    authorised?.data.authentication ?? captures.find(({ data }) => data.authentication)?.data.authentication;
  return {
    heading: 'How it was paid',
    pairs: [
      ['Provider and method', `${provider}, ${method}`],
      ['Payment', [paymentId, providerPaymentId].filter(Boolean).join(', ')],
      ...(authorised === undefined ? [] : [['Authorised', timeText(authorised.occurredAt)] as const]),
      ['Authentication of the shopper', authenticationText(authentication)],
    ],
    table: {
      columns: ['Captured', 'Amount', "Provider's reference", "Bank's reference and code"],
      rows: captures.map(({ occurredAt, data }) => [
        ...[timeText(occurredAt), amountText(data.amount), data.providerReference],
        [data.bankReference, data.codeReference].filter(Boolean).join(', '),
      ]),
    },
    note: 'No number and no other data of a card is kept.',
  };
}

const WAYS = { '3-d-secure': '3-D Secure', wallet: 'the wallet', provider: 'the provider' } as const;

function authenticationText(authentication: Authentication | undefined): string {
  if (authentication === undefined) return 'the provider did not report it';
  const eci =
    'eci' in authentication && authentication.eci !== undefined ? `, ECI ${authentication.eci}` : '';
  switch (authentication.outcome) {
    case 'authenticated':
      return `authenticated by ${WAYS[authentication.by]}${eci}`;
    case 'exempted':
      return `exempted: ${authentication.exemption}${eci}`;
    case 'attempted':
      return `attempted: the card's bank took no part in 3-D Secure${eci}`;
    case 'out-of-scope':
      return 'not required: a bank outside the area of the rule';
    case 'not-authenticated':
      return 'not authenticated';
  }
}
