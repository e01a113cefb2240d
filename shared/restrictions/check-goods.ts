import { needsReview } from '../duties/rule-book.ts';
import { defined } from '../kernel/defined.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { RestrictedProduct } from './attributes.ts';
import { builtinRestrictions } from './builtin.ts';
import { missingEvidence } from './evidence.ts';
import type { RestrictionFinding } from './finding.ts';
import { meansGoods } from './goods-match.ts';
import type { GoodsRegistrations } from './registrations.ts';
import type { RestrictionBook } from './restriction-book.ts';
import type { Restriction } from './schema.ts';
import { holdsOnWay, isWithin, type RestrictedPlace, type Transport } from './transport.ts';

/** Goods, with their destination and seller. */
export interface GoodsQuestion {
  readonly product: RestrictedProduct;
  readonly destination: RestrictedPlace;
  /** If absent, only restrictions that apply to every kind of transport are checked. */
  readonly transport?: Transport | undefined;
  /** In the destination. */
  readonly date: CalendarDate;
  readonly seller?: GoodsRegistrations | undefined;
  readonly restrictions?: RestrictionBook | undefined;
}

/**
 * The finding of each restriction that applies to the goods, destination, transport and date: barred, or the document
 * or service needed and whether it is there. Empty when none applies. Pure.
 */
export function checkGoods(question: GoodsQuestion): RestrictionFinding[] {
  const { product, destination, date, restrictions = builtinRestrictions } = question;
  const rows = restrictions
    .rowsFor(destination.country, date)
    .filter((row) => isWithin(row, destination) && meansGoods(row, product, restrictions.kinds));
  return findingsOf(rows, question);
}

/** The findings of rows that are already known to match the goods and the place. */
export function findingsOf(rows: readonly Restriction[], question: GoodsQuestion): RestrictionFinding[] {
  const { destination, transport } = question;
  return rows
    .filter((row) => holdsOnWay(row, destination.country, transport))
    .map((row) => findingOf(row, question));
}

function findingOf(row: Restriction, question: GoodsQuestion): RestrictionFinding {
  const { id, action, enforcement, title, law, service, modes, channels, atTheBorder } = row;
  const lacking = lackingOf(row, question);
  return {
    ruleId: id,
    action,
    enforcement,
    satisfied: lacking === undefined,
    title,
    detail: lacking === undefined ? title : `${title}: ${lacking}`,
    law,
    needsReview: needsReview(row),
    ...defined({ service }),
    dependsOnWay: [service, modes, channels, atTheBorder].some((condition) => condition !== undefined),
  };
}

function lackingOf(row: Restriction, question: GoodsQuestion): string | undefined {
  const { product, destination, date, seller = {}, transport } = question;
  switch (row.action) {
    case 'block':
      return `not ${row.modes || row.channels ? 'carried' : 'sold'} to ${destination.country}${wayOf(row)}`;
    case 'needs-service':
      return transport?.services.includes(row.service ?? '') === true
        ? undefined
        : `needs a way with ${row.service}`;
    case 'needs-document':
      return missingEvidence(row, { product, seller, destination: destination.country, date });
  }
}

function wayOf({ modes, channels }: Restriction): string {
  const parts = [...(modes ?? []), ...(channels ?? [])];
  return parts.length === 0 ? '' : ` by ${parts.join(' or ')}`;
}
