import type { LandedCost } from '../../../events/landed-cost.ts';
import { isDown, servingWarehouses } from '../../catalogue/index.ts';
import type { BlockedLine } from '../../restrictions/index.ts';
import { type BasketLine, placeOf } from '../basket.ts';
import type { PricingInput } from '../pricing-input.ts';
import { slotRefusal } from '../quote-slot.ts';
import { type QuoteRefusal, refusal } from '../refusal.ts';
import { type Blocker, isMissingRate } from './blocker.ts';
import { faultOf, type LineWays } from './line-ways.ts';

/** Every line is barred there: each with the rule that bars it. */
export function whyBlocked(blocked: readonly BlockedLine[]): QuoteRefusal {
  const problems = blocked.map(({ lineId, ruleId, detail, law }) => {
    return [`/lines/${placeOf(lineId)}/sku`, `${detail} (${ruleId}; ${law})`] as const;
  });
  return refusal('restricted-goods', ...problems);
}

/** The only plan uses carriers that are marked down; each is named with its end time, if known. */
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

/**
 * Why the lines have no plan, each checked separately over the network of the slot, if one is requested: missing units
 * first, then the failed check of a line where its goods are. Undefined if each line can be sent by itself.
 */
export function whyNotAlone(
  { request, stock, warehouses, deliverySlot }: PricingInput,
  lines: readonly BasketLine[],
  ways: readonly LineWays[],
): QuoteRefusal | undefined {
  const { country } = request.destination;
  if (servingWarehouses(warehouses, country).length === 0)
    return refusal('no-lane', ['/destination/country', `no warehouse ships to ${country}`]);
  const faults = lines.flatMap((line, index) => {
    const own = ways[index];
    const fault = own && faultOf(line, lines, own, stock);
    return fault === undefined ? [] : [{ line, fault }];
  });
  const short = faults.flatMap(({ line: { sku, lineId }, fault }) =>
    fault.kind === 'short'
      ? [[`/lines/${placeOf(lineId)}/quantity`, `not enough of ${sku} can be sent there`] as const]
      : [],
  );
  if (short.length > 0) return refusal('not-in-stock', ...short);
  for (const { line, fault } of faults) {
    if (fault.kind !== 'stopped') continue;
    const { step, blocker } = fault.stop;
    if ('isTooMany' in blocker && blocker.isTooMany)
      return refusal(blocker.reason, [`/lines/${placeOf(line.lineId)}/quantity`, blocker.detail]);
    if (step !== 'lane') return refusalOf(blocker);
    return deliverySlot === undefined ? whyNoLane(request, line) : slotRefusal('slot-before-promise');
  }
  return undefined;
}

/** No lane goes there from where the goods are, or none by the requested service. */
function whyNoLane(
  { destination: { country }, service }: PricingInput['request'],
  { sku, lineId }: BasketLine,
): QuoteRefusal {
  const from = `from a warehouse that has ${sku}`;
  return service === undefined
    ? refusal('no-lane', [`/lines/${placeOf(lineId)}/sku`, `no lane goes to ${country} ${from}`])
    : refusal('no-lane', ['/service', `no lane goes to ${country} by ${service} ${from}`]);
}

/** Reasons that no single line causes. */
export function whyNotTogether(
  { request, deliverySlot }: PricingInput,
  blocker: Blocker | undefined,
): QuoteRefusal {
  if (blocker !== undefined) return refusalOf(blocker);
  if (deliverySlot !== undefined) return slotRefusal('slot-before-promise');
  return request.service === undefined
    ? refusal('no-lane', ['/lines', 'no plan serves this basket there'])
    : refusal('no-lane', ['/service', `no plan by ${request.service} serves this basket there`]);
}

function refusalOf(blocker: Blocker): QuoteRefusal {
  const { reason, lineId, part = 'country', detail } = blocker;
  if (isMissingRate(blocker)) return refusal(reason, ['/currency', detail]);
  return refusal(reason, [
    lineId === undefined ? `/destination/${part}` : `/lines/${placeOf(lineId)}/sku`,
    detail,
  ]);
}
