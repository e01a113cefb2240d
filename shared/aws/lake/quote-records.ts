import type { OtherRecordData } from '../../../events/lake-records.ts';
import { defined } from '../../kernel/defined.ts';
import type { Instant } from '../../kernel/time.ts';
import { type LakeRecord, recordOf } from '../../lake/index.ts';
import { marketOf, type Quote } from '../../quote/index.ts';
import { unpack } from '../pack.ts';
import type { Image } from '../relay/image.ts';

/** The record of a quote that was given. Throws on an item that is no quote. */
export function quoteRecord({ quote = '' }: Image): LakeRecord {
  const given = unpack(Buffer.from(quote, 'base64')) as Quote;
  const { quoteId, storefrontId, createdAt, expiresAt, request, options, previousQuoteId } = given;
  const [first] = options;
  if (first === undefined) throw new Error('a quote has an option');
  const { destination, currency, incoterm } = first.landedCost;
  const at = { id: quoteId, occurredAt: createdAt, recordedAt: createdAt };
  return recordOf('quote.given', at, {
    ...{ quoteId, storefrontId, currency, incoterm, expiresAt },
    destination: marketOf(destination),
    lines: request.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    options: options.map(({ optionId, labels, landedCost }) => ({
      ...{ optionId, labels, total: landedCost.totals.total },
      promisedBy: latest(landedCost.consignments.map(({ promise }) => promise.latest)),
    })),
    ...defined({ previousQuoteId }),
  });
}

const latest = (instants: readonly Instant[]): Instant => instants.toSorted().at(-1) ?? '';

/** The record of a quote that was refused, as the quote function left it. Throws on another item. */
export function refusalRecord({ refusalId = '', refusedAt = '', refusal = '' }: Image): LakeRecord {
  const at = { id: refusalId, occurredAt: refusedAt, recordedAt: refusedAt };
  return recordOf('quote.refused', at, JSON.parse(refusal) as OtherRecordData<'quote.refused'>);
}
