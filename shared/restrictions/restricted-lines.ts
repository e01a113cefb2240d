import type { LandedCost } from '../../events/landed-cost.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { RestrictedProduct } from './attributes.ts';
import type { RestrictionFinding } from './finding.ts';
import { createGoodsGate, obstaclesOn } from './goods-gate.ts';
import type { GoodsRegistrations } from './registrations.ts';
import type { RestrictionBook } from './restriction-book.ts';
import type { RestrictedPlace, Transport } from './transport.ts';

/** An order whose goods are checked again, with the data as they are on that day. */
export interface GoodsToScreen {
  readonly landedCost: Pick<LandedCost, 'destination' | 'consignments'>;
  /** The destination of the goods; the quoted destination if absent. */
  readonly destination?: RestrictedPlace | undefined;
  /** In the destination. */
  readonly date: CalendarDate;
  readonly seller?: GoodsRegistrations | undefined;
  /** The product as the catalogue has it now; undefined if it was removed, and only the order's line is known. */
  readonly productOf: (sku: string) => RestrictedProduct | undefined;
  /** The ways that a consignment may take. Empty if unknown: then only restrictions that apply to every way count. */
  readonly waysOf: (consignment: LandedCost['consignments'][number]) => readonly Transport[];
  readonly restrictions?: RestrictionBook | undefined;
}

/** A line of an order that a restriction stops. */
export interface RestrictedLine extends RestrictionFinding {
  readonly lineId: string;
  readonly sku: string;
}

/**
 * The lines of an order that a restriction stops, by the same rows as the quote, on the given day. Goods that were
 * removed from the catalogue need no documents: only their code and origin are known.
 */
export function restrictedLines(question: GoodsToScreen): RestrictedLine[] {
  const { landedCost, productOf, waysOf } = question;
  const gate = createGoodsGate({ ...question, destination: question.destination ?? landedCost.destination });
  return landedCost.consignments.flatMap((consignment) => {
    const ways = waysOf(consignment);
    return consignment.lines.flatMap(({ lineId, sku, hsCode, originCountry }) => {
      const product = productOf(sku);
      const digits = hsCode.replaceAll(/\D/g, '');
      const obstacles = obstaclesOn(gate, product ?? { sku, hsCode: digits, originCountry }, ways).filter(
        ({ action }) => product !== undefined || action !== 'needs-document',
      );
      return obstacles.map((obstacle) => ({ ...obstacle, lineId, sku }));
    });
  });
}
