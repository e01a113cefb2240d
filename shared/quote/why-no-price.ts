import type { LandedCost } from '../../events/landed-cost.ts';
import { isDown, servingWarehouses } from '../catalogue/index.ts';
import type { BlockedLine } from '../restrictions/index.ts';
import { type BasketLine, placeOf, wantedOf } from './basket.ts';
import type { Blocker } from './cost-consignments.ts';
import type { PricingInput } from './pricing-input.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';

/** Every line is barred there: each with the rule that bars it. */
export function whyBlocked(blocked: readonly BlockedLine[]): QuoteRefusal {
  const problems = blocked.map(({ lineId, ruleId, detail, law }) => {
    return [`/lines/${placeOf(lineId)}/sku`, `${detail} (${ruleId}; ${law})`] as const;
  });
  return refusal('restricted-goods', ...problems);
}

/** The plan that there would be goes by carriers that are marked down: each with until when, where that is known. */
export function whyDown({ request, carriers = [], now }: PricingInput, plan: LandedCost): QuoteRefusal {
  const down = plan.consignments.flatMap(({ carrier, service }) =>
    carriers.flatMap((mark) => {
      if (!isDown(mark, { carrier, service }, now)) return [];
      const until = mark.until === undefined ? '' : ` until ${mark.until}`;
      return [`${carrier} ${service} is out of service${until}, and nothing else serves this basket there`];
    }),
  );
  const pointer = request.service === undefined ? '/lines' : '/service';
  return refusal('carrier-down', ...[...new Set(down)].map((detail) => [pointer, detail] as const));
}

/** Stock that does not suffice is the usual reason; what a lane or a rule does not allow is the other. */
export function whyNoPlan(
  { request, stock, warehouses }: PricingInput,
  lines: readonly BasketLine[],
  obstacle: Blocker | undefined,
): QuoteRefusal {
  const { country } = request.destination;
  const serving = servingWarehouses(warehouses, country);
  if (serving.length === 0)
    return refusal('no-lane', ['/destination/country', `no warehouse ships to ${country}`]);
  const short = lines.flatMap(({ sku, lineId }) => {
    const wanted = wantedOf(lines, sku);
    const all = serving.reduce((sum, { warehouseId }) => sum + (stock.get(sku)?.get(warehouseId) ?? 0), 0);
    return all >= wanted
      ? []
      : [[`/lines/${placeOf(lineId)}/quantity`, `at most ${all} of ${sku} can be sent there`] as const];
  });
  if (short.length > 0) return refusal('not-in-stock', ...short);
  if (obstacle !== undefined) return refusalOf(obstacle);
  return request.service === undefined
    ? refusal('no-lane', ['/lines', 'no plan serves this basket there'])
    : refusal('no-lane', ['/service', `no plan by ${request.service} serves this basket there`]);
}

function refusalOf({ reason, lineId, part = 'country', detail }: Blocker): QuoteRefusal {
  return refusal(reason, [
    lineId === undefined ? `/destination/${part}` : `/lines/${placeOf(lineId)}/sku`,
    detail,
  ]);
}
