import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { PartnerRefused } from '../../../shared/partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import type {
  BoundWarehouseSystem,
  DispatchOrder,
  WarehouseSystem,
  WarehouseUpdate,
} from '../../../shared/warehouse/warehouse-system.ts';
import {
  callbackOf,
  callFaults,
  impatientSend,
  present,
  toCallback,
  watchingSend,
} from '../../fixtures/partner-calls.ts';
import { type Receiver, startFast, startReceiver, until } from '../partners/sandbox.ts';
import { type PlugInEntry, settingsAt } from './plug-in-entry.ts';
import type { WarehouseContract } from './warehouse-contract.ts';

type Entry = PlugInEntry<BoundWarehouseSystem, WarehouseSystem, WarehouseContract>;

/** What each warehouse system must do, whoever wrote it: run over the entries of the registry, and over any other. */
export function describeWarehouseSystem(entry: Entry): void {
  const { plugIn, contract: sandbox } = entry;
  const { code } = plugIn;
  describe(`warehouse system ${code}`, () => {
    const settings = (secrets?: Parameters<typeof settingsAt>[2]) =>
      settingsAt(entry, { url, ...partners.keysOf(code) }, secrets);
    let receiver: Receiver;
    let partners: Partners;
    let url: string;
    let system: BoundWarehouseSystem;
    let count = 0;

    beforeAll(async () => {
      receiver = await startReceiver();
      partners = await startFast(
        receiver.url,
        entry.partners === undefined ? {} : { partners: entry.partners },
      );
      url = partners.urlOf(code);
      system = plugIn.bind(
        settings(),
        watchingSend(code, () => partners.faults),
      );
    });
    afterAll(async () => {
      await partners.stop();
      await receiver.stop();
    });

    const newOrder = (more: Partial<DispatchOrder> = {}): DispatchOrder => {
      count += 1;
      return {
        dispatchId: `dsp_${String(count).padStart(4, '0')}`,
        parcelId: `par_${count}`,
        warehouseId: 'szx',
        lines: [{ sku: 'SHIRT-1', quantity: 3 }],
        label: { url: 'https://label.example/1', trackingNumber: `R${count}`, carrier: 'DPD' },
        shipBy: '2026-11-24T12:00:00.000Z',
        ...more,
      };
    };
    /** A warehouse that takes the order and leaves it lying. */
    const stalled = () => {
      partners.faults.add({ partner: code, behaviour: 'stalled' });
      return newOrder();
    };
    const requestAndWait = async (order: DispatchOrder): Promise<WarehouseUpdate[]> => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      await system.request(present(), order);
      await until(() => partners.idle());
      return receiver.arrived.slice(before).map((arrived) => {
        const callback = toCallback(arrived);
        expect(system.verify(present(), callback)).toMatchObject({ genuine: true, secretId: 'first' });
        const update = system.interpret(callback.rawBody);
        if ('ignored' in update) throw new Error(`ignored ${update.ignored}`);
        return update;
      });
    };

    it('picks, packs and hands over, and reports it by webhook and by polling', async () => {
      const order = newOrder();
      const reported = await requestAndWait(order);
      const asked = await system.find(present(), order);
      expect(asked?.map(({ status }) => status)).toEqual(['accepted', 'picked', 'packed', 'handed-over']);
      const packed = asked?.find(({ status }) => status === 'packed');
      expect(packed?.weightGrams).toBeGreaterThan(0);
      expect([...reported].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))).toEqual(asked);
    });

    it('receives the warehouses that the parcel passes', async () => {
      const order = newOrder({ via: ['waw', 'lil'] });
      await requestAndWait(order);
      expect(await sandbox.viaOf(url, order.dispatchId)).toEqual(['waw', 'lil']);
    });

    it('receives the contents and the label of each of several cartons', async () => {
      const dimensions = { lengthMm: 300, widthMm: 200, heightMm: 120 };
      const carton = (trackingNumber: string, quantity: number) => ({
        label: { url: 'https://label.example/1', trackingNumber, carrier: 'DPD' },
        ...{ dimensions, lines: [{ sku: 'SHIRT-1', quantity }] },
      });
      const cartons = [carton('P1', 2), carton('P2', 1)];
      const label = { url: 'https://label.example/1', trackingNumber: 'P1', carrier: 'DPD' };
      const order = newOrder({ label, cartons });
      await requestAndWait(order);
      expect(await sandbox.cartonsOf(url, order.dispatchId)).toEqual([
        { trackingNumber: 'P1', lines: [{ sku: 'SHIRT-1', quantity: 2 }] },
        { trackingNumber: 'P2', lines: [{ sku: 'SHIRT-1', quantity: 1 }] },
      ]);
    });

    it('names the goods that are missing', async () => {
      const order = newOrder({ lines: [{ sku: 'SHORT-1', quantity: 3 }] });
      const reported = await requestAndWait(order);
      const short = reported.find(({ status }) => status === 'short');
      expect(short?.short).toEqual([{ sku: 'SHORT-1', missingQuantity: 1 }]);
      expect((await system.find(present(), order))?.at(-1)).toEqual(short);
    });

    it('dispatches once even if the call is repeated, and refuses another dispatch under the same id', async () => {
      const order = newOrder();
      await system.request(present(), order);
      await system.request(present(), order);
      expect(await sandbox.orders(url, order.dispatchId)).toBe(1);
      const other = { ...order, lines: [{ sku: 'MUG-1', quantity: 1 }] };
      await expect(system.request(present(), other)).rejects.toThrow(PartnerRefused);
    });

    it('cancels until it is too late, also if the call is repeated', async () => {
      const early = stalled();
      await system.request(present(), early);
      expect(await system.cancel(present(), early)).toBe('cancelled');
      expect(await system.cancel(present(), early)).toBe('cancelled');
      const late = newOrder();
      await requestAndWait(late);
      expect(await system.cancel(present(), late)).toBe('too-late');
      expect(await system.find(present(), { dispatchId: 'dsp_never' })).toBeUndefined();
    });

    it('cancels an order that has not arrived, and does not carry it out when it arrives', async () => {
      const overtaken = newOrder();
      expect(await system.cancel(present(), overtaken)).toBe('cancelled');
      expect(await system.cancel(present(), overtaken)).toBe('cancelled');
      await system.request(present(), overtaken);
      await until(() => partners.idle());
      const history = (await system.find(present(), overtaken)) ?? [];
      expect(history.filter(({ status }) => status !== 'cancelled')).toEqual([]);
      expect(await system.cancel(present(), overtaken)).toBe('cancelled');
    });

    describe.each(callFaults)('if a call meets the fault $name', ({ fault }) => {
      const strike = (operation: string) =>
        partners.faults.add({ partner: code, on: operation, call: fault });

      it('request: there is one dispatch', async () => {
        const order = newOrder();
        strike(sandbox.operations.request);
        await expect(system.request(present(), order)).rejects.toThrow(PartnerUnavailable);
        await system.request(present(), order);
        expect(await sandbox.orders(url, order.dispatchId)).toBe(1);
      });

      it('find: the second try succeeds', async () => {
        const order = newOrder();
        await system.request(present(), order);
        strike(sandbox.operations.find);
        await expect(system.find(present(), order)).rejects.toThrow(PartnerUnavailable);
        expect(await system.find(present(), order)).toBeDefined();
      });

      it('cancel: the dispatch is cancelled', async () => {
        const order = stalled();
        await system.request(present(), order);
        strike(sandbox.operations.cancel);
        await expect(system.cancel(present(), order)).rejects.toThrow(PartnerUnavailable);
        expect(await system.cancel(present(), order)).toBe('cancelled');
      });
    });

    it('refuses forged, stale and early webhooks, and gives a repeated webhook the same id', async () => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      partners.faults.add({ partner: code, hook: { kind: 'forge' } });
      partners.faults.add({ partner: code, hook: { kind: 'stale' } });
      partners.faults.add({ partner: code, hook: { kind: 'duplicate' } });
      await system.request(present(), newOrder());
      await until(() => partners.idle());
      const verdicts = receiver.arrived
        .slice(before)
        .map((arrived) => system.verify(present(), toCallback(arrived)));
      const reasons = verdicts.flatMap((verdict) => (verdict.genuine ? [] : [verdict.reason]));
      expect(reasons.sort()).toEqual(['bad-signature', 'stale']);
      const ids = verdicts.flatMap((verdict) => (verdict.genuine ? [verdict.callbackId] : []));
      expect(ids.length - new Set(ids).size).toBe(1);
    });

    it('checks the secret and the time of a signature', () => {
      const body = '{"type":"dispatch_order.picked"}';
      const now = '2026-11-23T12:00:00.000Z';
      const nowSeconds = Date.parse(now) / 1_000;
      const rotating = [
        { id: 'new', value: sandbox.secretOf('new') },
        { id: 'old', value: sandbox.secretOf('old'), notAfter: '2026-11-24T12:00:00.000Z' },
        { id: 'gone', value: sandbox.secretOf('gone'), notAfter: '2026-11-22T12:00:00.000Z' },
      ];
      const bound = plugIn.bind(settings(rotating), impatientSend(code));
      const judge = (secret: string, seconds = nowSeconds) => {
        const headers = sandbox.sign(sandbox.secretOf(secret), { id: 'msg_1', body, seconds });
        return bound.verify(now, callbackOf(headers, body));
      };
      expect(judge('new')).toEqual({ genuine: true, callbackId: 'msg_1', secretId: 'new' });
      expect(judge('old')).toEqual({ genuine: true, callbackId: 'msg_1', secretId: 'old' });
      expect(judge('gone')).toEqual({ genuine: false, reason: 'bad-signature' });
      expect(judge('new', nowSeconds - 301)).toEqual({ genuine: false, reason: 'stale' });
      expect(judge('new', nowSeconds + 301)).toEqual({ genuine: false, reason: 'stale' });
      expect(bound.verify(now, callbackOf({}, body))).toEqual({ genuine: false, reason: 'no-signature' });
    });

    it.each(sandbox.reported)('translates $name', ({ body, update }) => {
      expect(system.interpret(Buffer.from(JSON.stringify(body)))).toEqual(update);
    });

    it('ignores callbacks that do not concern us', () => {
      for (const body of sandbox.ignored) {
        expect(system.interpret(Buffer.from(JSON.stringify(body)))).toHaveProperty('ignored');
      }
    });
  });
}
