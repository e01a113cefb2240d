import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { authorizer } from '../../../shared/runtime/authorizer.ts';

const PROOF = 'a-secret-of-64-characters';

/** Asks the authorizer. `sources` are the values of the identity source, as API Gateway sends them. */
function ask(headers: Record<string, string>, sources: string[], proof: string | undefined) {
  const asked: string[] = [];
  const handler = authorizer(
    { caller: 'x-entrepot-key', origin: 'x-entrepot-origin' },
    () => ({ originProof: proof === undefined ? undefined : async () => proof }),
    async (key) => {
      asked.push(key);
      return key === 'pk_known' ? { storefrontId: 'main' } : undefined;
    },
  );
  const event = { headers, identitySource: sources } as unknown as APIGatewayRequestAuthorizerEventV2;
  const context = { getRemainingTimeInMillis: () => 5_000 } as unknown as Context;
  return handler(event, context).then(({ isAuthorized, context: found }) => ({ isAuthorized, found, asked }));
}

describe('the authorizer without CloudFront', () => {
  it('knows a storefront by its key', async () => {
    const known = await ask({ 'x-entrepot-key': 'pk_known' }, ['pk_known'], undefined);
    expect(known).toEqual({ isAuthorized: true, found: { storefrontId: 'main' }, asked: ['pk_known'] });
    expect((await ask({ 'x-entrepot-key': 'pk_other' }, ['pk_other'], undefined)).isAuthorized).toBe(false);
    expect((await ask({}, [], undefined)).isAuthorized).toBe(false);
  });
});

describe('the authorizer behind CloudFront', () => {
  it('takes a known key only with the proof, and asks for no storefront without it', async () => {
    const headers = { 'x-entrepot-key': 'pk_known', 'x-entrepot-origin': PROOF };
    const known = await ask(headers, ['pk_known', PROOF], PROOF);
    expect(known).toMatchObject({ isAuthorized: true, found: { storefrontId: 'main' } });
    for (const wrong of ['', 'guess', `${PROOF} `]) {
      const around = await ask({ ...headers, 'x-entrepot-origin': wrong }, ['pk_known', wrong], PROOF);
      expect(around).toEqual({ isAuthorized: false, found: {}, asked: [] });
    }
    expect(
      (await ask({ ...headers, 'x-entrepot-key': 'pk_other' }, ['pk_other', PROOF], PROOF)).isAuthorized,
    ).toBe(false);
  });

  it('lets partners and readers through with the proof alone, and never to a storefront’s route', async () => {
    const through = await ask({ 'x-entrepot-origin': PROOF }, [PROOF], PROOF);
    expect(through).toEqual({ isAuthorized: true, found: {}, asked: [] });
    expect((await ask({ 'x-entrepot-origin': 'guess' }, ['guess'], PROOF)).isAuthorized).toBe(false);
    expect((await ask({ 'x-entrepot-origin': PROOF }, ['', PROOF], PROOF)).isAuthorized).toBe(false);
  });
});
