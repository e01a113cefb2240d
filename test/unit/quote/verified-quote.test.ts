import { expect, test } from 'vitest';
import { createVerifiedQuotes, type Quote } from '../../../shared/quote/index.ts';
import { signQuote } from '../../../shared/quote/quote.ts';
import { idOf } from '../../builders/ids.ts';
import { landedCost } from '../../builders/landed-cost.ts';

const quoteId = idOf('quote', 1);
const quote = signQuote(
  {
    quoteId,
    storefrontId: 'shop',
    createdAt: '2026-12-01T10:00:00.000Z',
    expiresAt: '2026-12-01T10:30:00.000Z',
    request: {
      destination: { country: 'DE' },
      currency: 'EUR',
      incoterm: 'DDP',
      lines: [{ sku: 'MUG', quantity: 1 }],
    },
    options: [{ optionId: 'opt-1', labels: [], landedCost: landedCost() }],
    sellerVersion: 'v1',
  },
  'our key',
);

const read = (stored: Quote | undefined, key = 'our key') =>
  createVerifiedQuotes({ get: async () => stored }, async () => key).read(quoteId);

test('a stored quote with our signature is read with its guarantee code', async () => {
  expect(await read(quote)).toMatchObject({
    ...quote,
    guaranteeCode: expect.stringMatching(/^GC-[0-9A-Z]{5}-[0-9A-Z]{5}$/),
  });
});

test.each([
  ['is not stored', undefined, 'our key'],
  ['was altered', { ...quote, storefrontId: 'outlet' }, 'our key'],
  ['was signed with another key', quote, 'another key'],
])('a quote that %s is refused', async (_why, stored, key) => {
  expect(await read(stored, key)).toBeUndefined();
});
