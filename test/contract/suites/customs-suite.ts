import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import type { BoundBroker, Broker, Declaration, DeclarationAnswer } from '../../../shared/customs/broker.ts';
import { money } from '../../../shared/kernel/money.ts';
import { PartnerRefused } from '../../../shared/partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import {
  callbackOf,
  callFaults,
  impatientSend,
  present,
  recordingSend,
  toCallback,
  watchingSend,
} from '../../fixtures/partner-calls.ts';
import { type Receiver, startFast, startReceiver, until } from '../partners/sandbox.ts';
import type { CustomsContract } from './customs-contract.ts';
import { type PlugInEntry, settingsAt } from './plug-in-entry.ts';

type Entry = PlugInEntry<BoundBroker, Broker, CustomsContract>;

/** The tests that every broker must pass. They run over the registry, and over any further broker. */
export function describeBroker(entry: Entry): void {
  const { plugIn, contract: sandbox } = entry;
  const { code } = plugIn;
  describe(`broker ${code}`, () => {
    const settings = (secrets?: Parameters<typeof settingsAt>[2]) =>
      settingsAt(entry, { url, ...partners.keysOf(code) }, secrets);
    let receiver: Receiver;
    let partners: Partners;
    let url: string;
    let broker: BoundBroker;
    let count = 0;

    beforeAll(async () => {
      receiver = await startReceiver();
      partners = await startFast(
        receiver.url,
        entry.partners === undefined ? {} : { partners: entry.partners },
      );
      url = partners.urlOf(code);
      broker = plugIn.bind(
        settings(),
        watchingSend(code, () => partners.faults),
      );
    });
    afterAll(async () => {
      await partners.stop();
      await receiver.stop();
    });

    const newDeclaration = (dataSet: Declaration['dataSet'] = 'EU_H7', more: Partial<Declaration> = {}) => {
      count += 1;
      const found = sandbox.declarations.find((one) => one.dataSet === dataSet);
      if (found === undefined) throw new Error(`no declaration ${dataSet}`);
      return { ...found, lrn: `LRN-${String(count).padStart(6, '0')}`, ...more };
    };
    /** The description of the first item decides what the authority does. */
    const called = (word: string, dataSet: Declaration['dataSet'] = 'EU_H7') => {
      const declaration = newDeclaration(dataSet);
      const [first, ...rest] = declaration.items;
      if (first === undefined) throw new Error('no item');
      return { ...declaration, items: [{ ...first, description: `Shirt for ${word}` }, ...rest] };
    };
    /** Files, waits for the last answer of the authority, and gives the answers that arrived by webhook. */
    const fileAndWait = async (declaration: Declaration): Promise<DeclarationAnswer[]> => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      expect(await broker.file(present(), declaration)).toMatchObject({
        status: 'received',
        lrn: declaration.lrn,
      });
      await until(() => partners.idle());
      return receiver.arrived.slice(before).map((arrived) => {
        const callback = toCallback(arrived);
        expect(broker.verify(present(), callback)).toMatchObject({ genuine: true, secretId: 'first' });
        const answer = broker.interpret(callback.rawBody);
        if ('ignored' in answer) throw new Error(`ignored ${answer.ignored}`);
        return answer;
      });
    };
    const byTime = (answers: readonly DeclarationAnswer[]) =>
      [...answers].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)).map(({ status }) => status);

    it.each(sandbox.declarations.map(({ dataSet }) => dataSet))(
      'files a declaration of data set %s, which is released',
      async (dataSet) => {
        const declaration = newDeclaration(dataSet);
        const answers = await fileAndWait(declaration);
        const statuses = byTime(answers);
        expect(statuses).toContain('accepted');
        expect(statuses.at(-1)).toBe('released');
        const latest = await broker.find(present(), declaration.lrn);
        expect(latest).toMatchObject({ status: 'released', lrn: declaration.lrn });
        expect(latest?.mrn).toMatch(/^[\w-]{10,18}$/);
      },
    );

    it.each([
      ['documents', 'documents-wanted'],
      ['inspection', 'inspection'],
      ['detained', 'detained'],
      ['refused', 'refused'],
    ] as const)('reports %s', async (word, status) => {
      for (const dataSet of ['EU_H7', 'GB_H7', 'US_TYPE_11', 'IMPORT_STANDARD'] as const) {
        const answers = await fileAndWait(called(word, dataSet));
        expect(answers.map((answer) => answer.status)).toContain(status);
        expect(answers.map((answer) => answer.status)).not.toContain('unrecognised');
      }
    });

    it('names the missing elements, and files the same LRN after correction', async () => {
      const whole = newDeclaration();
      const [first] = whole.items;
      if (first === undefined) throw new Error('no item');
      const incomplete = { ...whole, items: [{ ...first, description: '' }] };
      const refusal = await broker.file(present(), incomplete);
      expect(refusal).toMatchObject({ status: 'refused', lrn: whole.lrn });
      expect(refusal.reasons.join()).toContain(sandbox.elements.description);
      expect(await broker.file(present(), whole)).toMatchObject({ status: 'received' });
    });

    it('refuses a declaration without the number that the country requires of the consignee', async () => {
      const declaration = newDeclaration('IMPORT_STANDARD');
      const nameless = { ...declaration.consignee, country: 'KR' };
      const there = { ...declaration, jurisdiction: 'KR', consignee: nameless };
      const refusal = await broker.file(present(), there);
      expect(refusal).toMatchObject({ status: 'refused' });
      expect(refusal.reasons.join()).toContain(sandbox.elements.consigneeNumber);
      const named = { ...there, consignee: { ...nameless, identification: 'P123456789012' } };
      expect(await broker.file(present(), named)).toMatchObject({ status: 'received' });
    });

    it('files once even if the call is repeated, and refuses another declaration under the LRN', async () => {
      const declaration = newDeclaration();
      await broker.file(present(), declaration);
      expect(await broker.file(present(), declaration)).toMatchObject({ lrn: declaration.lrn });
      expect(await sandbox.onFile(url, declaration.lrn)).toBe(1);
      const other = { ...declaration, freight: money(1, 'EUR') };
      await expect(broker.file(present(), other)).rejects.toThrow(PartnerRefused);
    });

    it('finds nothing for an LRN that was never filed', async () => {
      expect(await broker.find(present(), 'LRN-NEVER')).toBeUndefined();
      expect(await broker.invalidate(present(), 'LRN-NEVER')).toBe('invalidated');
    });

    it('withdraws a declaration until the goods are released', async () => {
      // While the authority waits for documents, nothing is decided.
      const declaration = called('documents');
      await fileAndWait(declaration);
      const before = receiver.arrived.length;
      expect(await broker.invalidate(present(), declaration.lrn)).toBe('requested');
      await until(() => partners.idle());
      const reported = receiver.arrived.slice(before).map((arrived) => broker.interpret(arrived.raw));
      expect(reported).toMatchObject([{ status: 'invalidated' }]);
      expect(['requested', 'invalidated']).toContain(await broker.invalidate(present(), declaration.lrn));
      const refused = called('refused');
      await fileAndWait(refused);
      expect(await broker.invalidate(present(), refused.lrn)).toBe('invalidated');
      const released = newDeclaration();
      await fileAndWait(released);
      expect(await broker.invalidate(present(), released.lrn)).toBe('too-late');
    });

    describe.each(callFaults)('if a call meets the fault $name', ({ fault }) => {
      const strike = (operation: string) =>
        partners.faults.add({ partner: code, on: operation, call: fault });

      it('file: there is one declaration', async () => {
        const declaration = newDeclaration();
        strike(sandbox.operations.file);
        await expect(broker.file(present(), declaration)).rejects.toThrow(PartnerUnavailable);
        expect(await broker.file(present(), declaration)).toMatchObject({ lrn: declaration.lrn });
        expect(await sandbox.onFile(url, declaration.lrn)).toBe(1);
      });

      it('find: the second try succeeds', async () => {
        const { lrn } = newDeclaration();
        await broker.file(present(), newDeclaration('EU_H7', { lrn }));
        strike(sandbox.operations.find);
        await expect(broker.find(present(), lrn)).rejects.toThrow(PartnerUnavailable);
        expect(await broker.find(present(), lrn)).toMatchObject({ lrn });
      });

      it('invalidate: the declaration is withdrawn', async () => {
        const declaration = called('documents');
        await broker.file(present(), declaration);
        strike(sandbox.operations.invalidate);
        const ask = () => broker.invalidate(present(), declaration.lrn);
        await expect(ask()).rejects.toThrow(PartnerUnavailable);
        expect(['requested', 'invalidated']).toContain(await ask());
        await until(() => partners.idle());
        expect(await broker.find(present(), declaration.lrn)).toMatchObject({ status: 'invalidated' });
      });
    });

    it('includes no personal data in errors', async () => {
      const { send } = recordingSend(impatientSend(code));
      const wrongKey = plugIn.bind({ ...(settings() as object), apiKey: 'wrong' }, send);
      const failure = await wrongKey.file(present(), newDeclaration()).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PartnerRefused);
      expect(JSON.stringify(failure) + String(failure)).not.toContain('Muster');
    });

    it('refuses forged, stale and early webhooks, and gives a repeated webhook the same id', async () => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      partners.faults.add({ partner: code, hook: { kind: 'forge' } });
      partners.faults.add({ partner: code, hook: { kind: 'stale' } });
      partners.faults.add({ partner: code, hook: { kind: 'duplicate' } });
      await broker.file(present(), newDeclaration());
      await until(() => partners.idle());
      const verdicts = receiver.arrived
        .slice(before)
        .map((arrived) => broker.verify(present(), toCallback(arrived)));
      const reasons = verdicts.flatMap((verdict) => (verdict.genuine ? [] : [verdict.reason]));
      expect(reasons.sort()).toEqual(['bad-signature', 'stale']);
      const ids = verdicts.flatMap((verdict) => (verdict.genuine ? [verdict.callbackId] : []));
      expect(ids.length - new Set(ids).size).toBe(1);
    });

    it('checks the secret and the time of a signature', () => {
      const body = '{"type":"declaration.status"}';
      const now = '2026-11-23T12:00:00.000Z';
      const nowSeconds = Date.parse(now) / 1_000;
      const rotating = [
        { id: 'new', value: sandbox.secretOf('new') },
        { id: 'old', value: sandbox.secretOf('old'), notAfter: '2026-11-24T12:00:00.000Z' },
        { id: 'gone', value: sandbox.secretOf('gone'), notAfter: '2026-11-22T12:00:00.000Z' },
      ];
      const bound = plugIn.bind(settings(rotating), impatientSend(code));
      const judge = (secret: string, seconds = nowSeconds) =>
        bound.verify(
          now,
          callbackOf(sandbox.sign(sandbox.secretOf(secret), { id: 'msg_1', body, seconds }), body),
        );
      expect(judge('new')).toEqual({ genuine: true, callbackId: 'msg_1', secretId: 'new' });
      expect(judge('old')).toEqual({ genuine: true, callbackId: 'msg_1', secretId: 'old' });
      expect(judge('gone')).toEqual({ genuine: false, reason: 'bad-signature' });
      expect(judge('new', nowSeconds - 301)).toEqual({ genuine: false, reason: 'stale' });
      expect(judge('new', nowSeconds + 301)).toEqual({ genuine: false, reason: 'stale' });
      expect(bound.verify(now, callbackOf({}, body))).toEqual({ genuine: false, reason: 'no-signature' });
    });

    it.each(sandbox.reported)('translates $name', ({ body, answer }) => {
      expect(broker.interpret(Buffer.from(JSON.stringify(body)))).toEqual(answer);
    });

    it('ignores callbacks that do not concern us', () => {
      for (const body of sandbox.ignored) {
        expect(broker.interpret(Buffer.from(JSON.stringify(body)))).toHaveProperty('ignored');
      }
    });
  });
}
