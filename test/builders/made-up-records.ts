import type { OtherRecordData, OtherRecordName } from '../../events/lake-records.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { type LakeRecord, recordOf } from '../../shared/lake/record.ts';
import { idOf } from './ids.ts';

/** A record of what is no fact, written down when it happened. */
const otherRecord = <Name extends OtherRecordName>(
  name: Name,
  { id, at }: { readonly id: string; readonly at: Instant },
  data: OtherRecordData<Name>,
): LakeRecord => recordOf(name, { id: `${name}:${id}`, occurredAt: at, recordedAt: at }, data) as LakeRecord;

interface Asked {
  readonly at: Instant;
  readonly country?: string;
  readonly storefrontId?: string;
  readonly sku?: string;
  readonly currency?: Currency;
}

const basketOf = ({ country = 'DE', storefrontId = 'shop', sku = 'MUG', currency = 'EUR' }: Asked) => ({
  ...{ storefrontId, destination: { country }, currency, incoterm: 'DDP' as const },
  lines: [{ sku, quantity: 1 }],
});

/** The n-th quote, of one option. */
export const quoteGiven = (number: number, asked: Asked & { readonly previous?: number }): LakeRecord =>
  otherRecord(
    'quote.given',
    { id: String(number), at: asked.at },
    {
      ...{ ...basketOf(asked), quoteId: idOf('quote', number), expiresAt: asked.at },
      options: [
        {
          ...{ optionId: 'opt-1', labels: [], promisedBy: asked.at },
          total: { amount: 1000, currency: asked.currency ?? 'EUR' },
        },
      ],
      ...(asked.previous === undefined ? {} : { previousQuoteId: idOf('quote', asked.previous) }),
    },
  );

/** A basket that got no price, for these reasons. */
export const quoteRefused = (
  number: number,
  { reasons, ...asked }: Asked & { readonly reasons: readonly string[] },
): LakeRecord =>
  otherRecord(
    'quote.refused',
    { id: String(number), at: asked.at },
    { ...basketOf(asked), reasons: [...reasons] },
  );

type Step = OtherRecordData<'visit.reported'>['steps'][number];

/** What a storefront reported of one visitor, known by a digit. */
export const visitReported = (
  number: number,
  given: {
    readonly at: Instant;
    readonly visitor?: string;
    readonly country?: string;
    readonly storefrontId?: string;
    readonly steps: readonly Step[];
  },
): LakeRecord =>
  otherRecord(
    'visit.reported',
    { id: String(number), at: given.at },
    {
      ...{ storefrontId: given.storefrontId ?? 'shop', steps: [...given.steps] },
      ...(given.country === undefined ? {} : { country: given.country }),
      ...(given.visitor === undefined ? {} : { visitor: given.visitor.repeat(32) }),
    },
  );

type Moved = OtherRecordData<'stock.moved'>;

/** A movement of stock by hand: what changed at one warehouse, or at two. */
export const stockMoved = (
  number: number,
  { at, sku, kind, changes }: { readonly at: Instant } & Pick<Moved, 'sku' | 'kind' | 'changes'>,
): LakeRecord =>
  otherRecord(
    'stock.moved',
    { id: String(number), at },
    { sku, kind, key: `k-${number}`, changes: [...changes] },
  );

/** Units that a warehouse received. */
export const stockReceived = (
  number: number,
  { at, sku, warehouseId, units }: { at: Instant; sku: string; warehouseId: string; units: number },
): LakeRecord =>
  stockMoved(number, {
    ...{ at, sku, kind: 'receive' },
    changes: [{ warehouseId, onHand: units, available: units, received: units }],
  });

/** What one unit costs from a day on; stored a day before unless `at` says otherwise. */
export const costStored = (
  number: number,
  { at, ...data }: OtherRecordData<'purchase-cost.stored'> & { readonly at?: Instant },
): LakeRecord =>
  otherRecord(
    'purchase-cost.stored',
    { id: String(number), at: at ?? `${data.validFrom}T00:00:00.000Z` },
    data,
  );
