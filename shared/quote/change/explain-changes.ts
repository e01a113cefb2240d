import type { Charge, LandedCost, PlannedConsignment } from '../../../events/landed-cost.ts';
import { type Money, money, toJson } from '../../kernel/money.ts';
import { wholeOf } from '../basket.ts';
import type { Availability } from '../ports.ts';
import { SLOT_CHARGE } from '../quote-slot.ts';
import { feesAndTaxesThatChanged, quantitiesOf } from './changed-rules.ts';
import type { QuoteChange } from './quote-change.ts';

/** A priced basket with inputs that its figures do not show. */
export interface PricedBefore {
  readonly landedCost: LandedCost;
  /** Changes whenever the merchant's registrations or settings change. */
  readonly sellerVersion: string;
}

export interface PricedAfter extends PricedBefore {
  /** The present stock of the goods, by SKU and warehouse. */
  readonly stock: Availability;
}

/**
 * Why a basket's price differs from an earlier one of the same request: the inputs with a new version, and the figures
 * that changed with them. Unchanged inputs are not mentioned; without a change the list is empty.
 */
export function explainChanges(before: PricedBefore, after: PricedAfter): QuoteChange[] {
  const fx = changedRates(before.landedCost, after.landedCost);
  return [
    ...stockThatWent(before.landedCost, after.stock),
    ...changedNetwork(before.landedCost, after.landedCost),
    ...changedPrices(before.landedCost, after.landedCost),
    ...changedSeller(before.sellerVersion, after.sellerVersion),
    ...fx,
    ...changedFreight(before.landedCost, after.landedCost, fx.length > 0),
    ...changedSlot(before.landedCost, after.landedCost),
    ...feesAndTaxesThatChanged(before.landedCost, after.landedCost),
    ...changedPromise(before.landedCost, after.landedCost),
  ];
}

/** Units of the earlier plan that its warehouses no longer have. */
function stockThatWent({ consignments }: LandedCost, stock: Availability): QuoteChange[] {
  return consignments.flatMap(({ warehouseId, lines }) => {
    const wanted = new Map<string, number>();
    for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
    return [...wanted].flatMap(([sku, quantity]): QuoteChange[] => {
      const left = stock.get(sku)?.get(warehouseId) ?? 0;
      if (left >= quantity) return [];
      const detail = `${warehouseId} has ${left} of ${sku} left, and ${quantity} are wanted`;
      return [{ what: 'stock', detail, before: `at least ${quantity}`, after: `${left}` }];
    });
  });
}

/** Which warehouse sends which lines by which service, line by line. */
function changedNetwork(before: LandedCost, after: LandedCost): QuoteChange[] {
  const now = routes(after);
  const moved = new Map<string, string[]>();
  for (const [lineId, route] of routes(before)) {
    const other = now.get(lineId) ?? '';
    if (other !== route)
      moved.set(`${route}\n${other}`, [...(moved.get(`${route}\n${other}`) ?? []), lineId]);
  }
  return [...moved].map(([key, lineIds]) => {
    const [from = '', to = ''] = key.split('\n');
    return {
      what: 'network',
      detail: `${lineIds.join(', ')} from ${to} instead of ${from}`,
      before: from,
      after: to,
    };
  });
}

/** By line of the basket: its parts may use several. */
function routes({ consignments }: LandedCost): Map<string, string> {
  const routed = consignments.flatMap(({ warehouseId, via, carrier, service, lines }) => {
    const from = [warehouseId, ...(via ?? [])].join(' via ');
    return lines.map(({ lineId }) => ({ line: wholeOf(lineId), route: `${from} by ${carrier} ${service}` }));
  });
  return new Map(
    [...Map.groupBy(routed, ({ line }) => line)].map(([line, own]) => [
      line,
      own.map(({ route }) => route).join(' and '),
    ]),
  );
}

/** The merchant's own prices. A converted price that changed only with its rate is not listed. */
function changedPrices(before: LandedCost, after: LandedCost): QuoteChange[] {
  const then = goodsByLine(before);
  return [...goodsByLine(after)].flatMap(([line, { sku, charges }]): QuoteChange[] => {
    const old = then.get(line)?.charges;
    if (old === undefined || ownPrice(old) === ownPrice(charges)) return [];
    const amount = toJson(money(chargedFor(charges) - chargedFor(old), after.currency));
    const [was, is] = [old, charges].map((each) => each.map(({ formula }) => formula).join(' + '));
    const detail = `the price of ${sku}: ${is} instead of ${was}`;
    return [{ what: 'price', detail, before: was, after: is, amount }];
  });
}

const chargedFor = (charges: readonly Charge[]) =>
  charges.reduce((all, { amount }) => all + amount.amount, 0);

/** The merchant's price of a line, all its parts: the base price if it was converted, otherwise the listed one. */
function ownPrice(charges: readonly Charge[]): string {
  const own = charges.map(({ base, amount }) => base ?? amount);
  return `${own.reduce((all, { amount }) => all + amount, 0)} ${own[0]?.currency}`;
}

/** By line of the basket: its parts may be in several consignments. */
function goodsByLine({ consignments }: LandedCost): Map<string, { sku: string; charges: Charge[] }> {
  const goods = consignments.flatMap(({ charges, lines }) =>
    lines.flatMap(({ lineId, sku }) => {
      const charge = charges.find((each) => each.kind === 'goods' && each.lineId === lineId);
      return charge === undefined ? [] : [{ line: wholeOf(lineId), sku, charge }];
    }),
  );
  return new Map(
    [...Map.groupBy(goods, ({ line }) => line)].map(([line, own]) => [
      line,
      { sku: own[0]?.sku ?? '', charges: own.map(({ charge }) => charge) },
    ]),
  );
}

function changedSeller(before: string, after: string): QuoteChange[] {
  if (before === after) return [];
  return [
    { what: 'seller', detail: "the merchant's registrations or price settings changed", before, after },
  ];
}

/** A new table of rates with another rate for a used currency, or another spread. */
function changedRates(
  { exchangeRates: before }: LandedCost,
  { exchangeRates: after }: LandedCost,
): QuoteChange[] {
  if (before === undefined || after === undefined) return [];
  const moved = Object.entries(after.used).flatMap(([currency, rate]) => {
    const old = before.used[currency];
    return old === undefined || old === rate ? [] : [`${currency} ${rate} instead of ${old}`];
  });
  const { spreadBasisPoints: spreadBefore = 0 } = before;
  const { spreadBasisPoints: spread = 0 } = after;
  if (spread !== spreadBefore) moved.push(`a spread of ${spread} bp instead of ${spreadBefore}`);
  if (moved.length === 0) return [];
  const detail = `for one ${after.base}: ${moved.join(', ')}`;
  return [{ what: 'fx', detail, before: before.id, after: after.id }];
}

/** Freight of goods on the same way: by another rate card, or by the same card at other prices. */
function changedFreight(before: LandedCost, after: LandedCost, ratesMoved: boolean): QuoteChange[] {
  const now = new Map(after.consignments.map((consignment) => [wayOf(consignment), consignment]));
  return before.consignments.flatMap((old): QuoteChange[] => {
    const same = now.get(wayOf(old));
    if (same === undefined) return [];
    const [amountBefore, amountAfter] = [freightOf(old, before.currency), freightOf(same, after.currency)];
    const cards = [cardsOf(old), cardsOf(same)] as const;
    // With the same card, a freight in another currency changes with the rate.
    const isMoved = amountBefore.amountMinor !== amountAfter.amountMinor && !ratesMoved;
    if (cards[0] === cards[1] && !isMoved) return [];
    const amount = toJson(money(amountAfter.amountMinor - amountBefore.amountMinor, after.currency));
    const detail = `the freight from ${same.warehouseId} by ${same.carrier} ${same.service}`;
    return [{ what: 'rate-card', detail, before: cards[0], after: cards[1], amount }];
  });
}

/** Warehouse, service and lines: what the freight is charged for. */
const wayOf = ({ warehouseId, via, carrier, service, lines }: PlannedConsignment) =>
  JSON.stringify([warehouseId, via, carrier, service, quantitiesOf(lines)]);

const shippingOf = ({ charges }: PlannedConsignment) =>
  charges.filter(({ kind, code }) => kind === 'shipping' && code !== SLOT_CHARGE);

/** Another delivery slot, or the same at another price. */
function changedSlot(before: LandedCost, after: LandedCost): QuoteChange[] {
  const [was, is] = [before.deliverySlot, after.deliverySlot];
  const amountMinor = slotCost(after) - slotCost(before);
  if (was?.slotId === is?.slotId && amountMinor === 0) return [];
  return [
    {
      what: 'delivery-slot',
      detail: `delivered in ${is?.slotId ?? 'no slot'} instead of ${was?.slotId ?? 'no slot'}`,
      ...(was === undefined ? {} : { before: was.slotId }),
      ...(is === undefined ? {} : { after: is.slotId }),
      amount: toJson(money(amountMinor, after.currency)),
    },
  ];
}

const slotCost = ({ consignments }: LandedCost): number =>
  consignments
    .flatMap(({ charges }) => charges)
    .reduce((all, { code, amount }) => (code === SLOT_CHARGE ? all + amount.amount : all), 0);

const cardsOf = (consignment: PlannedConsignment) =>
  [...new Set(shippingOf(consignment).map(({ ruleId }) => ruleId))].sort().join(', ');

const freightOf = (consignment: PlannedConsignment, currency: Money['currency']) =>
  money(
    shippingOf(consignment).reduce((all, { amount }) => all + amount.amount, 0),
    currency,
  );

/** The day of the last parcel's promise, in UTC. A few hours between two quotes are no change. */
function changedPromise(before: LandedCost, after: LandedCost): QuoteChange[] {
  const [from, to] = [lastDay(before), lastDay(after)];
  if (from === to) return [];
  return [{ what: 'promise', detail: `there by ${to} instead of ${from}`, before: from, after: to }];
}

const lastDay = ({ consignments }: LandedCost) =>
  (
    consignments
      .map(({ promise }) => promise.latest)
      .sort()
      .at(-1) ?? ''
  ).slice(0, 10);
