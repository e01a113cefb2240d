import type { LandedCost } from '../../events/landed-cost.ts';
import { type Country, countrySchema } from '../../shared/kernel/country.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import { minorDigits } from '../../shared/kernel/currency.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { type Money, money, toJson } from '../../shared/kernel/money.ts';
import { dayMs, type Instant, later } from '../../shared/kernel/time.ts';
import { amountStep } from '../../shared/payment/amount-digits.ts';
import type { ChooseDeps } from '../../shared/payment/choose-method.ts';
import { methodsWithout, type PaymentMethod } from '../../shared/payment/payment-methods.ts';
import type { OfferedMethod } from '../../shared/payment/provider.ts';
import type { OrderDetails } from '../../shared/timeline/index.ts';
import { address } from '../builders/details.ts';
import { placed } from '../builders/facts.ts';
import { idOf } from '../builders/ids.ts';
import { charge, consignment, landedCost, line } from '../builders/landed-cost.ts';
import { timelineOf } from '../builders/timeline.ts';
import { createHarness } from '../fakes/harness.ts';
import type { Draws } from './draws.ts';
import type { RunProvider, Sandboxes } from './sandboxes.ts';

const FIRST_MINUTES = 10;

/** Where shoppers are whose method is offered everywhere: inside and outside the rule of strong authentication. */
const ANYWHERE: readonly Country[] = ['DE', 'FR', 'US', 'JP', 'AU', 'GB'].map((code) =>
  countrySchema.parse(code),
);

/** What an order is to be paid by. */
interface Plan {
  /** Presale: when the goods may leave. They are paid then, by each method that authorises first. */
  readonly sentFrom?: Instant;
  readonly provider: RunProvider;
  readonly offer: OfferedMethod;
  readonly amount: Money;
  readonly country: Country;
}

/**
 * Every method of every provider in turn, by the place of the order. Where a method has several entries, which differ
 * in countries and currencies, one of them is drawn. Every fifth order is a presale.
 */
export function drawPlan({ providers, now }: Sandboxes, place: number, draws: Draws): Plan {
  const methods = providers.flatMap((provider) =>
    [...Map.groupBy(provider.plugIn.methods, ({ method }) => method).values()].map((entries) => ({
      ...{ provider, entries },
    })),
  );
  const turn = methods[place % methods.length];
  if (turn === undefined) throw new Error('no provider is registered');
  const { provider, entries } = turn;
  const offer = draws.pick(entries);
  const currency = draws.pick(offer.currencies);
  return {
    ...{ provider, offer, amount: drawAmount(offer, currency, draws) },
    country: draws.pick(offer.countries ?? ANYWHERE),
    ...(draws.chance(0.2) ? { sentFrom: later(now(), dayMs) } : {}),
  };
}

/** A price that the method takes. Sandboxes let refunds of amounts that end in 13 fail: those are drawn as well. */
function drawAmount(offer: OfferedMethod, currency: Currency, draws: Draws): Money {
  const digits = minorDigits(currency);
  const step = 10 ** (digits - (offer.digits?.[currency] ?? digits));
  const least = Math.max(offer.minAmountMinor?.[currency] ?? 0, 5 * 10 ** digits);
  const most = Math.min(offer.maxAmountMinor?.[currency] ?? Number.MAX_SAFE_INTEGER, least * 40);
  const steps = Math.floor((most - least) / step);
  return money(Math.ceil(least / step) * step + draws.below(Math.max(steps, 1)) * step, currency);
}

/** An order that was placed now, with the steps' dependencies, over every provider's real adapter. */
export function placeOrder(sandboxes: Sandboxes, plan: Plan, place: number, draws: Draws) {
  const { offer, country } = plan;
  const orderId = idOf('order', place);
  const paymentId = idOf('payment', place);
  const harness = createHarness();
  const at = sandboxes.now();
  const landedCost = costOf(plan);
  const fact = placed({
    landedCost,
    // Captures are named by their parcel: the ids of no two orders are the same.
    parcels: landedCost.consignments.map(({ consignmentId }, index) => ({
      ...{ parcelId: idOf('parcel', place * 2 + index), consignmentId },
    })),
    payment: { paymentId, ...paymentBy(plan, landedCost) },
    reservedUntil: later(at, Math.min(offer.reservationMs, FIRST_MINUTES * 60_000)),
    payableUntil: later(at, offer.reservationMs),
  });
  const { facts } = timelineOf([fact]);
  harness.timelines.seed({
    orderId,
    facts: facts.map((one) => ({ ...one, orderId, occurredAt: at, recordedAt: at })),
  });
  const registry = draws.shuffled(sandboxes.providers.map(({ plugIn }) => plugIn));
  const deps: ChooseDeps & typeof harness.deps = {
    ...harness.deps,
    clock: () => new Date(sandboxes.now()),
    newId: sandboxes.newId,
    details: { read: async () => detailsIn(country) },
    providerByCode: (async (code: string) => {
      const found = sandboxes.providers.find(({ plugIn }) => plugIn.code === code);
      if (found === undefined) throw new Error(`no provider ${code}`);
      return found.bound;
    }) as typeof harness.deps.providerByCode,
    methodsWithout: async (cost, without): Promise<readonly PaymentMethod[]> =>
      methodsWithout(registry, cost, { today: sandboxes.now().slice(0, 10), without }),
    firstReservationMinutes: async () => FIRST_MINUTES,
  };
  return {
    ...{ orderId, paymentId, plan, harness, deps },
    facts: () => harness.timelines.factsOf(orderId),
    timeline: () => ({ orderId, facts: harness.timelines.factsOf(orderId) }),
  };
}

export type RunOrder = ReturnType<typeof placeOrder>;

/** The method as the order's first fact names it, with the time of the capture. */
function paymentBy({ provider: { plugIn }, offer }: Plan, cost: LandedCost) {
  const today = new Date().toISOString().slice(0, 10);
  const offered = methodsWithout([{ code: plugIn.code, methods: [offer] }], cost, { today, without: [] });
  const { method, provider, captureAt } = offered[0] ?? { method: offer.method, provider: plugIn.code };
  return { method, provider, ...defined({ captureAt }) };
}

/**
 * The price of goods alone: of two parcels where goods are paid when they leave, so that an order is captured in parts,
 * and of one elsewhere.
 */
function costOf({ offer, amount, country, sentFrom }: Plan): LandedCost {
  const { currency, amountMinor } = amount;
  const step = amountStep(offer, currency);
  const isAtDispatch =
    offer.captures === 'at-dispatch' || (offer.captures === 'after-screening' && sentFrom !== undefined);
  const isInParts = isAtDispatch && amountMinor > step;
  const first = Math.ceil(amountMinor / step / 3) * step;
  const prices = isInParts ? [first, amountMinor - first] : [amountMinor];
  return landedCost({
    currency,
    consignments: prices.map((price, index) =>
      consignment({
        consignmentId: `c${index + 1}`,
        ...defined({ sentFrom }),
        lines: [line({ lineId: `${index + 1}` })],
        charges: [charge({ lineId: `${index + 1}`, amount: toJson(money(price, currency)) })],
      }),
    ),
    destination: { country, postalCode: '10115' },
  });
}

/** A telephone number of that country, in E.164. */
const PHONES: Readonly<Partial<Record<string, string>>> = {
  BR: '+5511987654321', ID: '+6281234567890', MX: '+525512345678', PH: '+639171234567', IN: '+919876543210',
  KE: '+254703456789', NG: '+2348134567899',
}; // biome-ignore format: a table reads better in columns

function detailsIn(country: Country): OrderDetails {
  const taxId = { BR: '52998224725', MX: 'GODE561231GR8' }[country as string];
  return {
    customer: { email: 'ana.souza@example.com', phone: PHONES[country] ?? '+4915112345678' },
    shippingAddress: address({
      ...{ name: 'Ana Maria Souza', line1: 'Avenida Paulista 1000', line2: 'Bela Vista', city: 'São Paulo' },
      ...{ region: 'SP', postalCode: '01310-100', country, ...(taxId === undefined ? {} : { taxId }) },
    }),
  };
}
