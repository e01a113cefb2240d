import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { money } from '../../../shared/kernel/money.ts';
import { PartnerUnavailable, type Send } from '../../../shared/partners/send.ts';
import type {
  BookedPiece,
  BookingRefused,
  BookPiece,
  BoundCarrier,
  Carrier,
} from '../../../shared/shipping/carrier.ts';
import {
  callbackOf,
  callFaults,
  impatientSend,
  present,
  toCallback,
  watchingSend,
} from '../../fixtures/partner-calls.ts';
import { callJson, keys, type Receiver, startFast, startReceiver, until } from '../partners/sandbox.ts';
import type { CarrierContract } from './carrier-contract.ts';
import { type PlugInEntry, settingsAt } from './plug-in-entry.ts';

const berlin = {
  name: 'Ada Muster',
  line1: 'Unter den Linden 1',
  city: 'Berlin',
  postalCode: '10117',
  country: 'DE',
};

const abroad: BookPiece = {
  orderId: 'ord_1',
  parcelId: 'par_1',
  reference: 'par_1',
  service: 'standard',
  from: {
    name: 'Warehouse',
    line1: '1 Bonded Road',
    city: 'Shenzhen',
    postalCode: '518000',
    country: 'CN',
  },
  to: berlin,
  weightGrams: 420,
  dimensions: { lengthMm: 300, widthMm: 200, heightMm: 60 },
  incoterm: 'DDP',
  customs: {
    iossNumber: 'IM2760000001',
    items: [
      {
        description: 'Cotton t-shirt',
        quantity: 2,
        value: { amountMinor: 2_500, currency: 'EUR' },
        weightGrams: 380,
        hsCode: '610910',
        originCountry: 'CN',
        sku: 'SHIRT-1',
      },
    ],
  },
};

type Entry = PlugInEntry<BoundCarrier, Carrier, CarrierContract>;

/** The tests that every carrier must pass. They run over the registry, and over any further carrier. */
export function describeCarrier(entry: Entry): void {
  const { plugIn, contract: sandbox } = entry;
  const { code } = plugIn;
  describe(`carrier ${code}`, () => {
    const settings = (secrets?: Parameters<typeof settingsAt>[2]) =>
      settingsAt(entry, { url, ...partners.keysOf(code) }, secrets);
    let receiver: Receiver;
    let partners: Partners;
    let url: string;
    let carrier: BoundCarrier;
    let count = 0;

    beforeAll(async () => {
      receiver = await startReceiver();
      partners = await startFast(
        receiver.url,
        entry.partners === undefined ? {} : { partners: entry.partners },
      );
      url = partners.urlOf(code);
      carrier = plugIn.bind(
        settings(),
        watchingSend(code, () => partners.faults),
      );
    });
    afterAll(async () => {
      await partners.stop();
      await receiver.stop();
    });

    const newParcel = (): BookPiece => {
      count += 1;
      const parcelId = `par_${`${count}`.padStart(4, '0')}`;
      return { ...abroad, parcelId, reference: parcelId };
    };
    const booked = (answer: BookedPiece | BookingRefused): BookedPiece => {
      if ('refused' in answer) throw new Error(`refused: ${answer.code} ${answer.detail}`);
      return answer;
    };
    const book = async (command = newParcel()) => booked(await carrier.book(present(), command));
    /** The warehouse gives the parcel to the carrier. */
    const handOver = (trackingNumber: string) =>
      callJson(`${partners.urlOf('wms')}/v1/dispatch-orders`, keys.wms.apiKey, {
        idempotencyKey: trackingNumber,
        body: {
          dispatchId: `dsp_${trackingNumber}`,
          warehouseId: 'szx',
          parcelId: 'par_x',
          lines: [{ sku: 'SHIRT-1', quantity: 2 }],
          label: { url: 'https://label.example/1', trackingNumber, carrier: code },
          shipBy: present(),
        },
      });

    it('sells a label with a tracking number and a price', async () => {
      const label = await book();
      expect(label.trackingNumber).not.toBe('');
      expect(label.cost.amountMinor).toBeGreaterThan(0);
      expect(label.service).not.toBe('');
      expect((await fetch(label.labelUrl)).status).toBe(200);
    });

    it.skipIf(plugIn.cashServices === undefined)('collects the cash that the label names', async () => {
      const [service = ''] = plugIn.cashServices ?? [];
      const { carrierShipmentId } = await book({
        ...{ ...newParcel(), service, cashOnDelivery: money(39_270, 'EUR') },
      });
      expect(await sandbox.labelText(url, carrierShipmentId)).toContain('392.70');
    });

    it('needs no customs data within one customs union', async () => {
      const { customs: _customs, ...inland } = newParcel();
      await book({
        ...inland,
        from: { ...berlin, city: 'Warszawa', postalCode: '00-001', country: 'PL' },
      });
    });

    it.each(['economy', 'standard', 'express'])('supports the service %s', async (service) => {
      await book({ ...newParcel(), service });
    });

    it('sells one label for a parcel, even if the call is repeated', async () => {
      const parcel = newParcel();
      const first = await book(parcel);
      expect(await book(parcel)).toEqual(first);
      expect(await sandbox.labels(url, parcel.reference)).toBe(1);
    });
    it('sells one label if its own call to the partner is repeated', async () => {
      const send = impatientSend(code);
      const stuttering: Send = async (request) => {
        await send(request);
        return send(request);
      };
      const parcel = newParcel();
      const label = await plugIn.bind(settings(), stuttering).book(present(), parcel);
      expect(booked(label)).toEqual(await book(parcel));
      expect(await sandbox.labels(url, parcel.reference)).toBe(1);
    });

    it('sells a label for each carton of a parcel, of one service, and finds each by its own name', async () => {
      const parcel = newParcel();
      const cartons = [6_000, 400, 20_000].map(
        (weightGrams, index): BookPiece => ({
          ...{ ...parcel, service: 'economy', weightGrams, reference: `${parcel.parcelId}-${index + 1}` },
        }),
      );
      const [first, ...others] = cartons as [BookPiece, ...BookPiece[]];
      const leading = await book(first);
      const sameServiceAs = leading.service;
      const labels = [
        leading,
        ...(await Promise.all(others.map((each) => book({ ...each, sameServiceAs })))),
      ];
      expect(new Set(labels.map(({ trackingNumber }) => trackingNumber)).size).toBe(3);
      expect(new Set(labels.map(({ service }) => service)).size).toBe(1);
      const again = await Promise.all(others.map((each) => book({ ...each, sameServiceAs })));
      expect([await book(first), ...again]).toEqual(labels);
      for (const { reference } of cartons) expect(await sandbox.labels(url, reference)).toBe(1);
      expect(await sandbox.labels(url, parcel.parcelId)).toBe(0);
    });

    it('refuses a carton that cannot go by the service of the others', async () => {
      expect(await carrier.book(present(), { ...newParcel(), sameServiceAs: 'Pigeon Post' })).toMatchObject({
        refused: true,
      });
    });

    it('returns a refusal as a value, and accepts the parcel after correction', async () => {
      const parcel = newParcel();
      const nowhere = { ...parcel, to: { ...berlin, city: '' } };
      const refusal = await carrier.book(present(), nowhere);
      expect(refusal).toMatchObject({ refused: true, detail: expect.stringContaining('city') });
      expect(JSON.stringify(refusal)).not.toContain('Muster');
      await book(parcel);
      expect(await sandbox.labels(url, parcel.reference)).toBe(1);
    });

    it('refuses an unknown service', async () => {
      const refusal = await carrier.book(present(), { ...newParcel(), service: 'by balloon' });
      expect(refusal).toMatchObject({ refused: true });
    });

    it('sends a parcel to the corrected address, not to the address of an earlier try', async () => {
      const parcel = newParcel();
      const wrong = { ...parcel, service: 'by balloon', to: { ...berlin, line1: 'Falsche Straße 1' } };
      await carrier.book(present(), wrong);
      const label = await book(parcel);
      expect(await sandbox.labelText(url, label.carrierShipmentId)).toContain(berlin.line1);
    });

    describe.each(callFaults)('if a call meets the fault $name', ({ fault }) => {
      const strike = (operation: string) =>
        partners.faults.add({ partner: code, on: operation, call: fault });

      it.each(sandbox.operations.book)('book, at %s: there is one label', async (operation) => {
        const parcel = newParcel();
        strike(operation);
        await expect(carrier.book(present(), parcel)).rejects.toThrow(PartnerUnavailable);
        const label = await book(parcel);
        expect(await book(parcel)).toEqual(label);
        expect(await sandbox.labels(url, parcel.reference)).toBe(1);
      });

      it.each(sandbox.operations.book)('book, at %s: find shows the purchased labels', async (operation) => {
        const parcel = newParcel();
        strike(operation);
        await expect(carrier.book(present(), parcel)).rejects.toThrow(PartnerUnavailable);
        const found = await carrier.find(present(), parcel);
        expect(found).toHaveLength(await sandbox.labels(url, parcel.reference));
        for (const label of found) expect(await carrier.void(present(), label)).toBe('voided');
        expect(await sandbox.labels(url, parcel.reference)).toBe(0);
      });

      it('find: the second call succeeds', async () => {
        const parcel = newParcel();
        const { carrierShipmentId } = await book(parcel);
        strike(sandbox.operations.find);
        await expect(carrier.find(present(), parcel)).rejects.toThrow(PartnerUnavailable);
        expect(await carrier.find(present(), parcel)).toEqual([{ carrierShipmentId }]);
      });

      it('void: the label is voided', async () => {
        const label = await book();
        strike(sandbox.operations.void);
        await expect(carrier.void(present(), label)).rejects.toThrow(PartnerUnavailable);
        expect(await carrier.void(present(), label)).toBe('voided');
      });

      it('track: the second try succeeds', async () => {
        const label = await book();
        strike(sandbox.operations.track);
        await expect(carrier.track(present(), label)).rejects.toThrow(PartnerUnavailable);
        expect((await carrier.track(present(), label)).trackingNumber).toBe(label.trackingNumber);
      });
    });

    it('voids an unused label even if the call is repeated, and then sells a new label', async () => {
      const parcel = newParcel();
      const label = await book(parcel);
      expect(await carrier.void(present(), label)).toBe('voided');
      expect(await carrier.void(present(), label)).toBe('voided');
      const second = await book(parcel);
      expect(second.carrierShipmentId).not.toBe(label.carrierShipmentId);
    });

    it('finds the labels of a reference that were bought and not voided, and buys none', async () => {
      const parcel = newParcel();
      expect(await carrier.find(present(), parcel)).toEqual([]);
      expect(await sandbox.labels(url, parcel.reference)).toBe(0);
      // Two calls at the same time may buy two labels, and both are found.
      await Promise.all([carrier.book(present(), parcel), carrier.book(present(), parcel)]);
      const bought = await sandbox.labels(url, parcel.reference);
      const found = await carrier.find(present(), parcel);
      expect(new Set(found.map(({ carrierShipmentId }) => carrierShipmentId)).size).toBe(bought);
      for (const label of found) await carrier.void(present(), label);
      expect(await carrier.find(present(), parcel)).toEqual([]);
    });

    it('reports scans by webhook and by polling with the same ids, up to the delivery', async () => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      const label = await book();
      await handOver(label.trackingNumber);
      await until(() => partners.idle());
      const fromWebhooks = receiver.arrived
        .slice(before)
        .filter(({ path }) => path.includes('/hooks/carrier/'))
        .flatMap((arrived) => {
          const callback = toCallback(arrived);
          expect(carrier.verify(present(), callback)).toMatchObject({ genuine: true, secretId: 'first' });
          const tracking = carrier.interpret(callback.rawBody);
          // A carrier may also send calls without scans. The scans of the others must be complete.
          if ('ignored' in tracking) return [];
          expect(tracking.carrierShipmentId).toBe(label.carrierShipmentId);
          return tracking.scans;
        });
      const asked = await carrier.track(present(), label);
      expect(asked.scans.map(({ status }) => status)).toEqual(
        expect.arrayContaining(['label_created', 'accepted', 'in_transit', 'out_for_delivery', 'delivered']),
      );
      expect(asked.scans.at(-1)?.status).toBe('delivered');
      const ids = new Set(asked.scans.map(({ scanId }) => scanId));
      expect(ids.size).toBe(asked.scans.length);
      expect(new Set(fromWebhooks.map(({ scanId }) => scanId))).toEqual(ids);
      expect(await carrier.void(present(), label)).toBe('too-late');
    });

    it('refuses a forged webhook, and gives a repeated webhook the same id', async () => {
      await until(() => partners.idle());
      const before = receiver.arrived.length;
      partners.faults.add({ partner: code, hook: { kind: 'forge' } });
      await book();
      partners.faults.add({ partner: code, hook: { kind: 'duplicate' } });
      await book();
      await until(() => partners.idle());
      const verdicts = receiver.arrived
        .slice(before)
        .map((arrived) => carrier.verify(present(), toCallback(arrived)));
      const reasons = verdicts.flatMap((verdict) => (verdict.genuine ? [] : [verdict.reason]));
      expect(reasons).toEqual(['bad-signature']);
      const ids = verdicts.flatMap((verdict) => (verdict.genuine ? [verdict.callbackId] : []));
      expect(ids.length - new Set(ids).size).toBe(1);
    });

    it('checks the secret of a signature, and its time if the time is signed', () => {
      const body = JSON.stringify({ id: 'evt_1' });
      const now = '2026-11-23T12:00:00.000Z';
      const nowSeconds = Date.parse(now) / 1_000;
      const rotating = [
        { id: 'new', value: 'sécret-new' },
        { id: 'old', value: 'sécret-old', notAfter: '2026-11-24T12:00:00.000Z' },
        { id: 'gone', value: 'sécret-gone', notAfter: '2026-11-22T12:00:00.000Z' },
      ];
      const bound = plugIn.bind(settings(rotating), impatientSend(code));
      const judge = (secret: string, seconds = nowSeconds, text = body) =>
        bound.verify(now, callbackOf(sandbox.sign(secret, text, seconds), text));
      expect(judge('sécret-new')).toEqual({ genuine: true, callbackId: 'evt_1', secretId: 'new' });
      expect(judge('sécret-old')).toEqual({ genuine: true, callbackId: 'evt_1', secretId: 'old' });
      expect(judge('sécret-gone')).toEqual({ genuine: false, reason: 'bad-signature' });
      expect(judge('sécret-new', nowSeconds - 301).genuine).toBe(!sandbox.signsTime);
      expect(judge('sécret-new', nowSeconds + 301).genuine).toBe(!sandbox.signsTime);
      expect(judge('sécret-new', nowSeconds, '{')).toEqual({ genuine: false, reason: 'malformed' });
      expect(bound.verify(now, callbackOf({}, body))).toEqual({ genuine: false, reason: 'no-signature' });
    });

    it.each(sandbox.words)('translates $status/$detail as $ours', (word) => {
      const tracking = carrier.interpret(Buffer.from(JSON.stringify(sandbox.callback(word))));
      if ('ignored' in tracking) throw new Error(`ignored ${tracking.ignored}`);
      const [scan] = tracking.scans;
      expect(scan).toMatchObject({ status: word.ours });
      expect(scan?.carrierStatus).toContain(word.status);
    });

    it('ignores callbacks that do not concern us', () => {
      for (const body of sandbox.ignored) {
        expect(carrier.interpret(Buffer.from(JSON.stringify(body)))).toHaveProperty('ignored');
      }
    });
  });
}
