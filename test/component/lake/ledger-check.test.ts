import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { checkLake } from '../../../shared/lake/engine/check-lake.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import type { LakeRecord } from '../../../shared/lake/record.ts';
import type { Decided } from '../../../shared/timeline/index.ts';
import { deliver, labels, untilCashSent } from '../../builders/cash-order.ts';
import {
  captured,
  otherParcelId,
  parcelId,
  paymentId,
  refundPaid,
  refundRequested,
  untilPaid,
  untilReleased,
} from '../../builders/facts.ts';
import { putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';

type Settled = Extract<NewFact, { name: 'payment.settled' }>['data'];
type Disputed = Extract<NewFact, { name: 'payment.disputed' }>['data'];

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const usd = (amount: number) => ({ amount, currency: 'USD' as const });
const settled = (over: Partial<Settled> = {}): NewFact => ({
  name: 'payment.settled',
  data: {
    ...{ paymentId, providerReference: 'txn_1', kind: 'payment', settles: 'ch_1', payoutId: 'po_1' },
    ...{ gross: eur(3927), net: eur(3452), fee: eur(82), held: eur(393), ...over },
  },
});
const disputed = (status: Disputed['status'], fee?: number): NewFact => ({
  name: 'payment.disputed',
  data: {
    ...{ paymentId, providerReference: 'du_1', status, amount: eur(3927), withdrawn: eur(3927) },
    ...{ code: 'fraudulent', ...(fee === undefined ? {} : { fee: eur(fee) }) },
  },
});
const remitted = (of: string, gross: number, fee: number): NewFact =>
  settled({
    ...{ providerReference: `RM1:${labels[of]}`, settles: labels[of] ?? '', payoutId: 'RM1' },
    ...{ gross: eur(gross), fee: eur(fee), held: eur(0), net: eur(gross - fee) },
  });
const collected = deliver(deliver(untilCashSent(), parcelId), otherParcelId);

/** Orders whose money is in every account that the check adds up. */
const orders: Readonly<Record<string, readonly Decided[]>> = {
  'a capture with its fee, and a refund': [
    ...[...untilReleased(), captured({ fee: eur(82) }), refundRequested(), refundPaid()],
  ],
  'a refund that a person paid': [...untilPaid(), refundRequested({ by: 'bank-transfer' }), refundPaid()],
  'a settlement with a reserve': [...untilPaid(), settled()],
  // 39.27 EUR at our 1.10 are 43.20 USD. The provider reckons 1.08, so 42.41, and keeps 0.89.
  'a settlement in dollars': [
    ...untilPaid(),
    settled({ net: usd(4152), fee: usd(89), held: usd(0), atOurRate: usd(4320) }),
  ],
  'contested money, with the fee': [...untilPaid(), disputed('evidence-due', 1500)],
  'a dispute that was lost': [...untilPaid(), disputed('evidence-due', 1500), disputed('lost', 1500)],
  'cash with the carrier': collected,
  'cash that was remitted': [...collected, remitted(parcelId, 3927, 79), remitted(otherParcelId, 3451, 69)],
};

/** The accounts that say where the captured money is. */
const accounts =
  /^((provider-clearing|cod-in-transit|refunds-by-hand|provider-reserve|chargebacks):.+|bank|provider-fees|currency-exchange|fx-difference|chargeback-losses)$/;

const postingsOf = (record: LakeRecord) => ('journal' in record ? (record.journal?.postings ?? []) : []);

/** What the check says of a lake with these orders. */
async function checked(given: readonly (readonly LakeRecord[])[]) {
  const folder = await mkdtemp(join(tmpdir(), 'lake-'));
  try {
    await putFacts(folder, 'facts/received=2026-11-23/a.gz', given.flat());
    const store = folderStore(folder);
    await compact({ store, folder: `${folder}/.work`, now: '2026-11-25T06:00:00.000Z' });
    const lake = await openLake({ folder });
    try {
      return (await checkLake(lake)).find(({ name }) => name === 'ledger-has-the-payments');
    } finally {
      lake.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

it('the ledger has the money of cash, settlements, other currencies, disputes and fees, wherever it is', async () => {
  const given = Object.values(orders).map((facts, index) => recordsOfOrder(index + 1, facts as NewFact[]));
  const used = given
    .flat()
    .flatMap(postingsOf)
    .map(({ account }) => account);
  const kinds = new Set(used.filter((account) => accounts.test(account)).map((one) => one.split(':')[0]));
  expect([...kinds].sort()).toEqual([
    ...['bank', 'chargeback-losses', 'chargebacks', 'cod-in-transit', 'currency-exchange', 'fx-difference'],
    ...['provider-clearing', 'provider-fees', 'provider-reserve', 'refunds-by-hand'],
  ]);
  expect(await checked(given)).toMatchObject({ checked: given.length, wrong: 0 });
});

it('an entry in one of these accounts that is taken away is found, each one of them', async () => {
  const forged: LakeRecord[][] = [];
  for (const facts of Object.values(orders)) {
    const whole = recordsOfOrder(1, facts as NewFact[]);
    for (const [index, record] of whole.entries())
      for (const [place, { account }] of postingsOf(record).entries()) {
        if (!accounts.test(account)) continue;
        const copy = recordsOfOrder(forged.length + 1, facts as NewFact[]);
        const kept = postingsOf(copy[index] as LakeRecord).filter((_, at) => at !== place);
        const changed = copy[index] as { journal?: { postings: unknown } };
        changed.journal = { ...changed.journal, postings: kept };
        forged.push(copy);
      }
  }
  expect(forged.length).toBeGreaterThan(25);
  expect(await checked(forged)).toMatchObject({ checked: forged.length, wrong: forged.length });
});
