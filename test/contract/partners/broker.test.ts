import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { checkCharacter } from '../../../shared/customs/brokers/broker/sandbox/mrn.ts';
import type {
  BrokerCallback,
  BrokerProblem,
  DeclarationRequest,
  DeclarationView,
} from '../../../shared/customs/brokers/broker/sandbox/wire.ts';
import { sampleGbH1, sampleH7, sampleUsInformal } from './samples.ts';
import { bodiesAt, callJson, keys, type Receiver, startFast, startReceiver, until } from './sandbox.ts';

let receiver: Receiver;
let partners: Partners;

const path = '/v1/hooks/customs/broker';

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
});

afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

function file(
  declaration: Partial<DeclarationRequest> & { lrn: string },
  idempotencyKey = `key-${declaration.lrn}`,
) {
  return callJson(`${partners.urlOf('broker')}/v1/declarations`, keys.broker.apiKey, {
    body: declaration,
    idempotencyKey,
  });
}

async function view(lrn: string): Promise<DeclarationView> {
  const answer = await callJson(`${partners.urlOf('broker')}/v1/declarations/${lrn}`, keys.broker.apiKey, {});
  return answer.body as unknown as DeclarationView;
}

function post(lrn: string, what: string, body: object) {
  return callJson(`${partners.urlOf('broker')}/v1/declarations/${lrn}/${what}`, keys.broker.apiKey, { body });
}

const callbacksFor = (lrn: string) =>
  bodiesAt<BrokerCallback>(receiver, path).filter((one) => one.data.lrn === lrn);
const codesFor = (lrn: string) => callbacksFor(lrn).map((one) => one.data.code);

describe('a declaration', () => {
  it.each([
    ['EU', sampleH7('LRN-EU-1'), ['IM428', 'IM429'], /^\d\dDE[A-Z0-9]{12}R\d$/],
    ['GB', sampleGbH1('LRN-GB-1'), ['02', '01', '08', '09'], /^\d\dGB[A-Z0-9]{12}R\d$/],
    ['US', sampleUsInformal('LRN-US-1'), ['SX-A', '1C'], /^SBX\d{8}$/],
  ] as const)(
    'of %s is accepted and released by the codes of its authority',
    async (_authority, declaration, codes, number) => {
      const answer = await file(declaration);
      expect(answer).toMatchObject({ status: 202, body: { lrn: declaration.lrn, status: 'received' } });
      await until(() => codesFor(declaration.lrn).length === codes.length);
      expect(codesFor(declaration.lrn)).toEqual(codes);
      const { mrn = '', messages } = await view(declaration.lrn);
      expect(mrn).toMatch(number);
      expect(messages.map((message) => message.code)).toEqual(codes);
      expect(callbacksFor(declaration.lrn).at(-1)?.data.mrn).toBe(mrn);
    },
  );

  it('gets the sum of the declared duties and taxes by type', async () => {
    const { items } = sampleH7('LRN-SUM');
    await file({
      ...sampleH7('LRN-SUM'),
      items: [...items, ...items.map((item) => ({ ...item, itemNumber: 2 }))],
    });
    await until(() => codesFor('LRN-SUM').includes('IM429'));
    expect(callbacksFor('LRN-SUM').at(-1)?.data.duties).toEqual([
      { type: 'A00', amount: { amountMinor: 6_00, currency: 'EUR' } },
      { type: 'B00', amount: { amountMinor: 5_70, currency: 'EUR' } },
    ]);
  });

  it.each([
    ['transportCosts', '14 15', '/transportCosts'],
    ['totalGrossMassGrams', '18 04', '/totalGrossMassGrams'],
    ['declarant', '13 05', '/declarant/id'],
  ] as const)('without %s is refused with the element that is missing', async (name, element, pointer) => {
    const answer = await file({ ...sampleH7('LRN-MISSING'), [name]: undefined });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((answer.body as unknown as BrokerProblem).errors).toMatchObject([{ element, pointer }]);
  });

  it('is refused if an item element is missing, the IOSS number is wrong, or the value is over the limit', async () => {
    const good = sampleH7('LRN-WRONG');
    const [item] = good.items;
    const errorsOf = async (changed: object) =>
      ((await file({ ...good, ...changed })).body as unknown as BrokerProblem).errors?.map(
        (error) => error.element,
      );
    expect(await errorsOf({ items: [{ ...item, packages: undefined }] })).toEqual(['18 06']);
    expect(await errorsOf({ additionalFiscalReferences: [{ role: 'FR5', id: 'IM12' }] })).toEqual(['13 16']);
    expect(await errorsOf({ items: [{ ...item, additionalProcedures: ['C07', 'F48'] }] })).toEqual(['11 10']);
    expect(
      await errorsOf({ items: [{ ...item, intrinsicValue: { amountMinor: 150_01, currency: 'EUR' } }] }),
    ).toEqual(['14 14']);
    expect(await errorsOf({ jurisdiction: 'GB' })).toEqual(['']);
    expect((await file(good)).status).toBe(202);
  });

  it('is filed once for any number of calls', async () => {
    const first = await file(sampleH7('LRN-ONCE'));
    const again = await file(sampleH7('LRN-ONCE'));
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await file(sampleH7('LRN-OTHER'), 'key-LRN-ONCE')).status).toBe(422);
    expect((await file(sampleH7('LRN-ONCE'), 'another key')).status).toBe(409);
    const url = `${partners.urlOf('broker')}/v1/declarations`;
    expect((await callJson(url, keys.broker.apiKey, { body: sampleH7('LRN-X') })).status).toBe(400);
    expect((await callJson(url, 'wrong', { body: sampleH7('LRN-X'), idempotencyKey: 'k' })).status).toBe(401);
    expect((await view('LRN-X')) as unknown).toMatchObject({ status: 404 });
  });
});

describe('an authority that does not release at once', () => {
  it('inspects the goods, and releases them later', async () => {
    await file(sampleH7('LRN-INSP', 'Toy, inspection please'));
    await file(sampleUsInformal('LRN-EXAM', 'Toy, inspection please'));
    await until(() => codesFor('LRN-INSP').includes('IM429') && codesFor('LRN-EXAM').includes('1B'));
    expect(codesFor('LRN-INSP')).toEqual(['IM428', 'IM460', 'IM429']);
    expect(callbacksFor('LRN-INSP')[1]?.data.reasons?.[0]?.code).toBe('40');
    expect(codesFor('LRN-EXAM')).toEqual(['SX-A', '1A', '1B']);
  });

  it('waits for the documents that it requested', async () => {
    await file(sampleH7('LRN-DOCS', 'Watch with documents'));
    await until(() => codesFor('LRN-DOCS').includes('IM460'));
    expect((await view('LRN-DOCS')).status).toBe('documents_requested');
    expect(
      (await post('LRN-DOCS', 'documents', { documents: [{ type: 'N380', reference: 'INV-1' }] })).status,
    ).toBe(202);
    await until(() => codesFor('LRN-DOCS').includes('IM429'));
    expect(
      (await post('LRN-DOCS', 'documents', { documents: [{ type: 'N380', reference: 'INV-1' }] })).status,
    ).toBe(409);
  });

  it('refuses or detains the goods, or does not answer', async () => {
    partners.faults.add({ partner: 'broker', reference: 'LRN-SILENT', behaviour: 'silent' });
    await file(sampleH7('LRN-REFUSED', 'Goods to be refused'));
    await file(sampleH7('LRN-DETAINED', 'Goods to be detained'));
    await file(sampleH7('LRN-SILENT'));
    await until(() => codesFor('LRN-REFUSED').length === 1 && codesFor('LRN-DETAINED').length === 2);
    expect(codesFor('LRN-REFUSED')).toEqual(['IM416']);
    expect(codesFor('LRN-DETAINED')).toEqual(['IM428', 'IM451']);
    await until(() => partners.idle());
    expect((await view('LRN-SILENT')).status).toBe('released');
    expect(codesFor('LRN-SILENT')).toEqual([]);
  });

  it('allows a declaration to be withdrawn', async () => {
    await file(sampleH7('LRN-BACK', 'Watch with documents'));
    await until(() => codesFor('LRN-BACK').includes('IM460'));
    expect((await post('LRN-BACK', 'invalidation', { reason: 'order cancelled' })).status).toBe(202);
    await until(() => codesFor('LRN-BACK').includes('IM410'));
    expect((await view('LRN-BACK')).status).toBe('invalidated');
    expect((await post('LRN-BACK', 'invalidation', { reason: 'again' })).status).toBe(202);
    await until(() => partners.idle());
    expect(codesFor('LRN-BACK')).toEqual(['IM428', 'IM460', 'IM410']);
  });

  it('refuses a withdrawal after the release, and releases nothing after a request for withdrawal', async () => {
    await file(sampleH7('LRN-LATE'));
    await until(() => codesFor('LRN-LATE').includes('IM429'));
    const late = await post('LRN-LATE', 'invalidation', { reason: 'order cancelled' });
    expect(late).toMatchObject({ status: 409, body: { declarationStatus: 'released' } });
    await file(sampleH7('LRN-EARLY'));
    expect((await post('LRN-EARLY', 'invalidation', { reason: 'order cancelled' })).status).toBe(202);
    await until(() => partners.idle());
    expect(codesFor('LRN-EARLY')).toEqual(['IM410']);
  });
});

describe('numbers and signatures', () => {
  it('contain the check character of ISO 6346 in a reference number', () => {
    expect(checkCharacter('CSQU305438')).toBe('3');
    expect(checkCharacter('06DE586600006143E')).toBe('1');
    expect(checkCharacter('18GB9JLC3CU1LFGVR')).toBe('2');
  });

  it('cover the raw bytes of every callback', async () => {
    await file(sampleH7('LRN-SIGNED'));
    await until(() => codesFor('LRN-SIGNED').length > 0);
    const hook = receiver.arrived.find((one) => one.path === path && one.raw.includes('LRN-SIGNED'));
    const signed = `${hook?.headers['webhook-id']}.${hook?.headers['webhook-timestamp']}.${hook?.raw.toString('utf8')}`;
    const key = Buffer.from(keys.broker.webhookSecret.replace('whsec_', ''), 'base64');
    const expected = createHmac('sha256', key).update(signed).digest('base64');
    expect(hook?.headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Date.now() / 1_000 - Number(hook?.headers['webhook-timestamp']))).toBeLessThan(5);
  });
});
