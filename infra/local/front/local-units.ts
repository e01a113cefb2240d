import type { Counts } from '../../../shared/usage/bill.ts';
import type { Mount } from './http-listener.ts';

/** Answers with the units that the local cloud has counted since its start, by name: `dynamodb.readUnits` and more. */
export const createUnitsMount = (counts: () => Counts): Mount => ({
  prefix: '/_local/units.json',
  handle: (_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(JSON.stringify(counts()));
  },
});
