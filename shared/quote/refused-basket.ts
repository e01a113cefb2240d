import type { OtherRecordData } from '../../events/lake-records.ts';
import type { Instant } from '../kernel/time.ts';
import type { QuoteRequest } from './quote.ts';
import type { QuoteRefusal } from './refusal.ts';

/** A basket that got no quote, as the lake keeps it. */
export interface RefusedBasket {
  readonly refusalId: string;
  readonly refusedAt: Instant;
  readonly data: OtherRecordData<'quote.refused'>;
}

/** The code of a region. Another text in its place may be the name of a person or a street. */
const REGION = /^[A-Z0-9]{1,3}$/;
const CODE = /^[a-z0-9-]{1,60}$/;

/** The market of a destination: its country, and its region where that is a code. */
export const marketOf = ({
  country,
  region,
}: {
  readonly country: string;
  readonly region?: string | undefined;
}) => ({
  country,
  ...(region !== undefined && REGION.test(region) ? { region } : {}),
});

/** Refusals from before the products were looked up: nobody knows whether the SKUs are any. */
const isBeforeProducts = ({ reason }: QuoteRefusal) =>
  reason === 'too-many-units' || reason.startsWith('slot-');

/**
 * What the lake keeps of a refusal: its codes, and the basket without what a stranger typed. A SKU that the catalogue
 * does not know may be any text, so that its line is left out.
 */
export function refusedBasket(
  storefrontId: string,
  { destination, currency, incoterm, lines }: QuoteRequest,
  refused: QuoteRefusal,
): RefusedBasket['data'] {
  const unknown = new Set(
    refused.problems.flatMap(({ code, pointer }) => (code === 'unknown-sku' ? [pointer] : [])),
  );
  const isKnown = (line: number) => !isBeforeProducts(refused) && !unknown.has(`/lines/${line}/sku`);
  const codes = [refused.reason, ...refused.problems.map(({ code }) => code)];
  return {
    ...{ storefrontId, currency, incoterm },
    destination: marketOf(destination),
    reasons: [...new Set(codes)].filter((code) => CODE.test(code)),
    lines: lines.flatMap(({ sku, quantity }, line) => (isKnown(line) ? [{ sku, quantity }] : [])),
  };
}
