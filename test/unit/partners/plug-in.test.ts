import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type Adapter,
  type BoundPlugIn,
  definePlugIn,
  readSettings,
  type Verdict,
} from '../../../shared/partners/plug-in.ts';
import type { PartnerRequest } from '../../../shared/partners/send.ts';

interface BoundBell extends BoundPlugIn {
  readonly tones: readonly string[];
  ring(now: string, times: number): Promise<string>;
  interpret(rawBody: Buffer): { readonly rung: string };
}

const genuine: Verdict = { genuine: true, callbackId: 'c1', secretId: 's1' };

const adapter: Adapter<'bell', { readonly key: string }, BoundBell> = {
  code: 'bell',
  settings: z.strictObject({ key: z.string() }),
  tones: ['high', 'low'],
  verify: ({ settings, now }, { headers }) =>
    headers.key === settings.key
      ? { ...genuine, callbackId: now }
      : { genuine: false, reason: 'bad-signature' },
  ring: async ({ settings, send, now }, times) => {
    const answer = await send({ method: 'GET', url: settings.key, headers: {}, timeoutMs: 1 });
    return `${answer.status} ${times} ${now}`;
  },
  interpret: (rawBody) => ({ rung: rawBody.toString() }),
};

describe('a plug-in that is bound to its settings and its sender', () => {
  const sent: PartnerRequest[] = [];
  const bound = definePlugIn(adapter).bind({ key: 'k' }, async (request) => {
    sent.push(request);
    return { status: 200, headers: {}, body: '' };
  });

  it('receives settings, sender and time in each method that needs the time', async () => {
    expect(await bound.ring('2026-11-23T12:00:00.000Z', 3)).toBe('200 3 2026-11-23T12:00:00.000Z');
    expect(sent).toMatchObject([{ url: 'k' }]);
  });

  it('verifies callbacks with its settings and the time', () => {
    const callback = { headers: { key: 'k' }, query: {}, rawBody: Buffer.from('') };
    expect(bound.verify('now', callback)).toEqual({ ...genuine, callbackId: 'now' });
    expect(bound.verify('now', { ...callback, headers: {} })).toMatchObject({ genuine: false });
  });

  it('reads callbacks, and keeps its other members unchanged', () => {
    expect(bound.interpret(Buffer.from('ding'))).toEqual({ rung: 'ding' });
    expect(bound).toMatchObject({ code: 'bell', tones: ['high', 'low'] });
  });

  it('is refused with invalid settings, and the error does not repeat them', () => {
    const bind = () =>
      definePlugIn(adapter).bind({ key: 7, other: 'secret' }, async () => {
        throw new Error('nothing is sent');
      });
    expect(bind).toThrow(/settings of bell are refused: \/key/);
    expect(bind).not.toThrow(/secret/);
  });

  it('names the first wrong setting, so that an operator can end the reason for attention by its text', () => {
    const names = Array.from({ length: 40 }, (_, index) => `setting-${index}`);
    const settings = z.strictObject(Object.fromEntries(names.map((name) => [name, z.string()])));
    const read = () => readSettings({ code: 'bell', settings }, {});
    expect(read).toThrow(/setting-0/);
    expect(read).toThrow(/^.{1,291}$/);
  });
});
