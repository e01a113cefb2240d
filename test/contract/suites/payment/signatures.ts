import { describe, expect, it } from 'vitest';
import type { RefusalReason } from '../../../../shared/partners/plug-in.ts';
import { impatientSend } from '../../../fixtures/partner-calls.ts';
import type { SignedHook } from '../payment-contract.ts';
import type { Bench } from './bench.ts';
import { unless } from './unless.ts';

const now = '2026-11-23T12:00:00.000Z';
const nowSeconds = Date.parse(now) / 1_000;

/** Changes of the text of a signature. None of them is a signature by a live secret. */
const forgeries: Readonly<Record<string, (signature: string) => string>> = {
  'is missing': () => '',
  'begins with another character': (text) => `${text.startsWith('a') ? 'b' : 'a'}${text.slice(1)}`,
  'ends with another character': (text) => `${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`,
  'lacks its last character': (text) => text.slice(0, -1),
  'has one character more': (text) => `${text}0`,
  'is written twice': (text) => `${text}${text}`,
  'is reversed': (text) => [...text].reverse().join(''),
  'is all zeros': (text) => '0'.repeat(text.length),
  'is in the other case': (text) =>
    text.replace(/[a-z]/gi, (one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())),
};

/** Which calls count as the provider's own. */
export function describeSignatures(bench: Bench): void {
  const { contract } = bench.entry;
  const { body, callbackId } = contract.signedBody;
  const secretOf = contract.secretFor ?? ((name: string) => `whsec_${name}`);
  const judge = async ({ headers, body: text, query = {} }: SignedHook) => {
    const secrets = [
      { id: 'new', value: secretOf('new') },
      { id: 'old', value: secretOf('old'), notAfter: '2026-11-24T12:00:00.000Z' },
      { id: 'gone', value: secretOf('gone'), notAfter: '2026-11-22T12:00:00.000Z' },
    ];
    const bound = bench.entry.plugIn.bind(bench.settings(secrets), impatientSend(bench.code));
    return bound.verify(now, { headers, query, rawBody: Buffer.from(text) });
  };
  const sign = (name: string, seconds = nowSeconds, text = body) =>
    contract.sign(secretOf(name), text, seconds, bench.url);
  const refusal = async (signed: SignedHook): Promise<RefusalReason | 'accepted'> => {
    const verdict = await judge(signed);
    return verdict.genuine ? 'accepted' : verdict.reason;
  };

  describe('signatures', () => {
    it.each(['new', 'old'])(
      'by the live secret %s are accepted, and the secret is named',
      async (secretId) => {
        expect(await judge(sign(secretId))).toEqual({ genuine: true, callbackId, secretId });
      },
    );

    it.each(Object.entries(forgeries))('one that %s is refused', async (_, forge) => {
      const signed = sign('new');
      const text = contract.signatureOf(signed);
      expect(text.length).toBeGreaterThan(8);
      expect(await refusal(replaced(signed, text, forge(text)))).toMatch(/^(bad|no)-signature$|^malformed$/);
    });

    it.each(['gone', 'other'])('one by the secret %s is refused', async (name) => {
      expect(await refusal(sign(name))).toBe('bad-signature');
    });

    it('a call without one is refused', async () => {
      const signed = sign('new');
      const bare = replaced(signed, contract.signatureOf(signed), '');
      expect(await refusal({ ...bare, headers: {} })).toMatch(/^no-signature$|^malformed$/);
    });

    const isToken = 'the provider signs nothing: it sends a shared token';
    const isOfFields = 'the provider signs fields of the body';
    const ofBytes = contract.covers === 'nothing' ? isToken : isOfFields;
    unless(contract.covers === 'nothing' ? isToken : undefined)(
      'one of another body is refused',
      async () => {
        const other = body.replace(/\d(?=\D*$)/, (digit) => `${(Number(digit) + 1) % 10}`);
        expect(other).not.toBe(body);
        const stolen = contract.signatureOf(sign('new', nowSeconds, other));
        const signed = sign('new');
        expect(await refusal(replaced(signed, contract.signatureOf(signed), stolen))).toBe('bad-signature');
      },
    );

    unless(contract.covers === 'bytes' ? undefined : ofBytes)(
      'a body with one space more is refused',
      async () => {
        const signed = sign('new');
        expect(await refusal({ ...signed, body: `${signed.body} ` })).toBe('bad-signature');
      },
    );

    unless(contract.covers === 'bytes' ? undefined : ofBytes)(
      'a signed body that is not JSON is malformed',
      async () => {
        expect(await refusal(sign('new', nowSeconds, 'not JSON'))).toBe('malformed');
      },
    );

    unless(contract.signsTime ? undefined : 'the signature has no time')(
      'one of five minutes before or after is refused, if it is older',
      async () => {
        expect(await refusal(sign('new', nowSeconds - 299))).toBe('accepted');
        for (const seconds of [-301, 301])
          expect(await refusal(sign('new', nowSeconds + seconds))).toBe('stale');
      },
    );
  });

  it('refuses forged and stale webhooks, and gives a repeated webhook the same id', async () => {
    const arrived = await bench.hooksOf(async () => {
      for (const kind of ['forge', 'stale', 'duplicate'] as const)
        bench.partners.faults.add({ partner: bench.code, hook: { kind } });
      // Twice, so that there is a webhook for each fault.
      await bench.refund(await bench.captured());
      await bench.refund(await bench.captured());
    });
    const verdicts = await Promise.all(
      arrived.map((callback) => bench.provider.verify(new Date().toISOString(), callback)),
    );
    const reasons = verdicts.flatMap((verdict) => (verdict.genuine ? [] : [verdict.reason]));
    expect(reasons.sort()).toEqual(contract.signsTime ? ['bad-signature', 'stale'] : ['bad-signature']);
    const ids = verdicts.flatMap((verdict) => (verdict.genuine ? [verdict.callbackId] : []));
    // A stale copy of a signature without a time is a repeat.
    expect(ids.length - new Set(ids).size).toBe(contract.signsTime ? 1 : 2);
  });
}

/** The webhook with another text in the place of its signature, wherever that is. */
function replaced(signed: SignedHook, from: string, to: string): SignedHook {
  const inText = (text: string) => text.replaceAll(from, to);
  const headers = Object.entries(signed.headers).map(([name, value]) => [name, inText(value)] as const);
  const query = Object.entries(signed.query ?? {}).map(([name, value]) => [name, inText(value)] as const);
  return {
    headers: Object.fromEntries(headers),
    body: inText(signed.body),
    query: Object.fromEntries(query),
  };
}
