import type { InstalmentPlan } from '../../events/instalments.ts';
import { expectedFee, type FeeRule } from '../../events/payment-fee.ts';
import type { InstalmentSettings, PaymentTerms } from '../catalogue/index.ts';
import type { Country } from '../kernel/country.ts';
import { type Currency, minorDigits } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import { formatMoney, type Money, money } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { CaptureAt } from '../timeline/index.ts';
import { amountStep } from './amount-digits.ts';
import { captureAtOf, lapsing } from './capture-at.ts';
import { feeRuleOf } from './fee-rule.ts';
import type { PublishedFees } from './list-fee.ts';
import { nothingToCollect } from './nothing-to-collect.ts';
import type { PayerField } from './payer-data.ts';
import { plansFor } from './plan-instalments.ts';
import type { OfferedMethod } from './provider.ts';

export interface OffersQuery {
  readonly country: Country;
  readonly currency: Currency;
  /** What is to be paid, in minor units. */
  readonly amountMinor: number;
  /** The codes of the goods in the Harmonised System; absent: nothing is known of the goods. */
  readonly goods?: readonly string[];
  /** Why no carrier can collect cash for the plan; absent: one can, or nothing is known of the plan. */
  readonly noCash?: OfferRefusal;
  /** The day in UTC, `2026-11-30`: licences end. */
  readonly today: CalendarDate;
  /** Presale: the day in UTC on which the last of the goods may leave; absent: all may leave at once. */
  readonly sentFrom?: CalendarDate | undefined;
}

export interface OfferingProvider {
  readonly code: string;
  readonly methods: readonly OfferedMethod[];
}

/** The seller's choice of providers: in which order they offer, and which one serves a method whatever the order. */
export interface PaymentChoice {
  readonly providers?: readonly string[] | undefined;
  readonly methods?: Readonly<Record<string, string>> | undefined;
  /** By country: the methods that come first there, in their order. */
  readonly order?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What the seller agreed with the providers. */
  readonly terms?: readonly PaymentTerms[] | undefined;
  /** The instalments that the seller offers; absent: none. */
  readonly instalments?: InstalmentSettings | undefined;
  /** What providers publish of their fees; absent: the terms alone say them. */
  readonly published?: PublishedFees | undefined;
}

/** Why a method can't pay. */
export const offerRefusals = [
  'provider-not-chosen',
  'other-provider',
  /** Not every merchant may use it: the seller has to name the provider for the method. */
  'method-not-chosen',
  'country',
  'currency',
  'currency-digits',
  'below-minimum',
  'above-maximum',
  'no-licence',
  'licence-expired',
  'goods',
  /** The consignee pays the carrier for duty and tax already. */
  'incoterm',
  /** The carrier does not collect cash with the service of a parcel. */
  'carrier',
  /** Each carton is delivered by itself, and the price of a parcel has one label. */
  'cartons',
  /** The goods leave later than the provider honours an authorisation. */
  'authorisation-lapses',
] as const;

export interface OfferRefusal {
  readonly reason: (typeof offerRefusals)[number];
  readonly detail: string;
}

type Licence = NonNullable<PaymentTerms['licence']>;

/** One method of one provider: on offer, or refused with its reason. */
export interface Offer {
  readonly method: string;
  readonly provider: string;
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
  /** The shopper pays the carrier in cash. */
  readonly isCash?: true;
  /** When it is captured, if at dispatch or delivery. What captures all or nothing is captured after screening. */
  readonly captureAt?: CaptureAt;
  /** Offered in named countries only. */
  readonly isLocal: boolean;
  /** What the provider is expected to keep, and of the amount in one capture; absent where nothing says it. */
  readonly feeRule?: FeeRule;
  readonly fee?: Money;
  /** Where a fee stands that the provider publishes. */
  readonly feeSource?: string;
  /** The licence that holds there, or the last one that did; absent if the terms have none. */
  readonly licence?: Licence;
  /** What the provider must know of the shopper. */
  readonly payerNeeds?: readonly PayerField[];
  /** The instalments in which it can be paid, if the seller offers any. */
  readonly plans?: readonly InstalmentPlan[];
  readonly refusal?: OfferRefusal;
}

/**
 * Every method of every provider, for one payment: first those that can pay, in the order of the market, then those
 * that can't, each with one reason. The market's order is that of the seller's list for the country, then methods of
 * named countries, then the others, each in the order of the chosen providers. If two providers can take a method, the
 * chosen one has it, otherwise the first one.
 */
export function offersFor(
  registry: readonly OfferingProvider[],
  query: OffersQuery,
  choice: PaymentChoice = {},
): Offer[] {
  if (query.amountMinor === 0) return [{ ...nothingToCollect, isLocal: false }];
  const judged = inOrder(registry, choice.providers).flatMap((provider) =>
    [...Map.groupBy(provider.methods, ({ method }) => method).values()].map((entries) =>
      judge(provider.code, entries, query, choice),
    ),
  );
  const { order = {} } = choice;
  const first = order[query.country] ?? [];
  const rank = ({ method, isLocal }: Offer) => {
    const place = first.indexOf(method);
    if (place >= 0) return place;
    return first.length + (isLocal ? 0 : 1);
  };
  const able = judged.filter(({ refusal }) => refusal === undefined).sort((a, b) => rank(a) - rank(b));
  const offered = able.map((offer, index) => {
    const other = able.findIndex(({ method }) => method === offer.method);
    return other === index ? offer : { ...offer, refusal: takenBy(able[other]?.provider ?? '') };
  });
  const refused = judged.filter(({ refusal }) => refusal !== undefined);
  return [
    ...offered.filter(({ refusal }) => refusal === undefined),
    ...offered.filter(({ refusal }) => refusal !== undefined),
    ...refused,
  ];
}

/** Whether any method takes the currency there, whatever the amount. */
export function isPayable(
  registry: readonly OfferingProvider[],
  { country, currency, today }: Pick<OffersQuery, 'country' | 'currency' | 'today'>,
  choice?: PaymentChoice,
): boolean {
  const amountIndependent = ['below-minimum', 'above-maximum', 'currency-digits'];
  return offersFor(registry, { country, currency, amountMinor: 1, today }, choice).some(
    ({ refusal }) => refusal === undefined || amountIndependent.includes(refusal.reason),
  );
}

/** The providers that are chosen, in their order, and then the others, which offer nothing. */
function inOrder(registry: readonly OfferingProvider[], order: readonly string[] | undefined) {
  if (order === undefined) return registry;
  const chosen = order.flatMap((code) => registry.filter((provider) => provider.code === code));
  return [...chosen, ...registry.filter(({ code }) => !order.includes(code))];
}

function judge(
  provider: string,
  entries: readonly OfferedMethod[],
  query: OffersQuery,
  choice: PaymentChoice,
): Offer {
  const here = entries.filter(
    ({ countries }) => countries === undefined || countries.includes(query.country),
  );
  const entry = here.find(({ currencies }) => currencies.includes(query.currency)) ?? here[0] ?? entries[0];
  if (entry === undefined) throw new Error(`${provider} has a method without an entry`);
  const { method, reservationMs, countries, payerNeeds } = entry;
  const isCash = entry.flow === 'cash' ? (true as const) : undefined;
  const terms = (choice.terms ?? []).filter(
    (one) => one.provider === provider && (one.methods?.includes(method) ?? true),
  );
  const offer = {
    method,
    provider,
    reservationMs,
    isLocal: countries !== undefined,
    ...defined({ isCash, captureAt: captureAtOf(entry, query), payerNeeds }),
    ...defined({ licence: licenceOf(terms, query) }),
  };
  const refusal =
    notChosen(provider, entry, choice) ??
    elsewhere(here, query) ??
    (isCash === true ? query.noCash : undefined) ??
    unlicensed(terms, query) ??
    lapsing(entry, query) ??
    outOfLimits(entry, query) ??
    againstTerms(
      terms.filter((one) => holdsIn(one, query.country)),
      query,
    );
  if (refusal !== undefined) return { ...offer, refusal };
  const { country, currency, amountMinor, today } = query;
  const found = feeRuleOf(offer, query, terms, choice.published);
  const plans = plansFor(entry, { country, total: money(amountMinor, currency), today }, choice.instalments);
  return {
    ...offer,
    ...(found === undefined
      ? {}
      : {
          ...{ feeRule: found.rule, fee: expectedFee(found.rule, money(amountMinor, currency)) },
          ...defined({ feeSource: found.source }),
        }),
    ...(plans.length === 0 ? {} : { plans }),
  };
}

function notChosen(
  provider: string,
  { method, onlyIfChosen }: OfferedMethod,
  choice: PaymentChoice,
): OfferRefusal | undefined {
  if (choice.providers !== undefined && !choice.providers.includes(provider))
    return { reason: 'provider-not-chosen', detail: `${provider} is not among the chosen providers` };
  const chosen = choice.methods?.[method];
  if (chosen !== undefined && chosen !== provider) return takenBy(chosen);
  if (chosen === provider || onlyIfChosen !== true) return undefined;
  return { reason: 'method-not-chosen', detail: `only if ${provider} is chosen for this method` };
}

const takenBy = (provider: string): OfferRefusal => ({
  reason: 'other-provider',
  detail: `${provider} takes this method`,
});

function elsewhere(
  here: readonly OfferedMethod[],
  { country, currency }: OffersQuery,
): OfferRefusal | undefined {
  if (here.length === 0) return { reason: 'country', detail: `not offered in ${country}` };
  if (here.some(({ currencies }) => currencies.includes(currency))) return undefined;
  const others = [...new Set(here.flatMap(({ currencies }) => currencies))];
  const known = others.length > 5 ? `${others.length} other currencies` : others.join(', ');
  return { reason: 'currency', detail: `not in ${currency} there, but in ${known}` };
}

/** What the provider itself takes: limits, and currencies of which it knows fewer digits than ISO 4217. */
function outOfLimits(entry: OfferedMethod, { currency, amountMinor }: OffersQuery): OfferRefusal | undefined {
  const digits = entry.digits?.[currency] ?? minorDigits(currency);
  if (amountMinor % amountStep(entry, currency) !== 0)
    return { reason: 'currency-digits', detail: `only with ${digits} decimal places in ${currency}` };
  const limits = { least: entry.minAmountMinor?.[currency] ?? 1, most: entry.maxAmountMinor?.[currency] };
  return outside(limits, { currency, amountMinor });
}

function outside(
  { least, most }: { readonly least?: number | undefined; readonly most?: number | undefined },
  { currency, amountMinor }: Pick<OffersQuery, 'currency' | 'amountMinor'>,
): OfferRefusal | undefined {
  if (least !== undefined && amountMinor < least)
    return { reason: 'below-minimum', detail: `from ${formatMoney(money(least, currency))}` };
  if (most !== undefined && amountMinor > most)
    return { reason: 'above-maximum', detail: `up to ${formatMoney(money(most, currency))}` };
  return undefined;
}

const holdsIn = ({ countries }: PaymentTerms, country: Country): boolean =>
  countries === undefined || countries.includes(country);

/** Of the licences in the terms for the country, the one that holds longest. */
function licenceOf(terms: readonly PaymentTerms[], { country }: OffersQuery): Licence | undefined {
  return terms
    .filter((one) => holdsIn(one, country))
    .flatMap(({ licence }) => licence ?? [])
    .sort((a, b) => (a.validUntil < b.validUntil ? -1 : 1))
    .at(-1);
}

/** A provider with licences in the terms takes payments where one of them holds, until its last day. */
function unlicensed(terms: readonly PaymentTerms[], query: OffersQuery): OfferRefusal | undefined {
  if (terms.every(({ licence }) => licence === undefined)) return undefined;
  const { country, today } = query;
  const last = licenceOf(terms, query)?.validUntil;
  if (last === undefined) return { reason: 'no-licence', detail: `no licence for ${country}` };
  return last < today ? { reason: 'licence-expired', detail: `the licence ended on ${last}` } : undefined;
}

function againstTerms(terms: readonly PaymentTerms[], query: OffersQuery): OfferRefusal | undefined {
  const { goods = [], currency } = query;
  for (const { refusedGoods = [], minAmounts = [], maxAmounts = [] } of terms) {
    const code = goods.find((one) => refusedGoods.some((prefix) => one.startsWith(prefix)));
    if (code !== undefined) return { reason: 'goods', detail: `not for goods of heading ${code}` };
    const limit = (amounts: typeof minAmounts) => amounts.find((one) => one.currency === currency)?.amount;
    const refusal = outside({ least: limit(minAmounts), most: limit(maxAmounts) }, query);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
