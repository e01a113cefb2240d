import type { LandedCost } from '../../events/landed-cost.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { RestrictedProduct } from './attributes.ts';
import type { RestrictionFinding } from './finding.ts';
import { createGoodsGate, obstaclesOn } from './goods-gate.ts';
import type { GoodsRegistrations } from './registrations.ts';
import type { RestrictionBook } from './restriction-book.ts';
import type { RestrictedPlace, Transport } from './transport.ts';

/** An order whose goods are looked at again, with what is known of them on that day. */
export interface GoodsToScreen {
  readonly landedCost: Pick<LandedCost, 'destination' | 'consignments'>;
  /** Where the goods are sent; the quoted destination where it is left out. */
  readonly destination?: RestrictedPlace | undefined;
  /** In the destination. */
  readonly date: CalendarDate;
  readonly seller?: GoodsRegistrations | undefined;
  /** As the catalogue has it now; undefined where it is gone, and the order's line is all that is known. */
  readonly productOf: (sku: string) => RestrictedProduct | undefined;
  /** The ways that a consignment may go; none where that is not known, and only what holds on every way counts. */
  readonly waysOf: (consignment: LandedCost['consignments'][number]) => readonly Transport[];
  readonly restrictions?: RestrictionBook | undefined;
}

/** A line of an order that a restriction stops. */
export interface RestrictedLine extends RestrictionFinding {
  readonly lineId: string;
  readonly sku: string;
}

/**
 * The lines of an order that a restriction stops, by the same rows as the quote's, on the day of the question.
 * Of goods that left the catalogue no paper is asked for: only their code and origin are known.
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
