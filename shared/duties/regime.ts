import type { Charge, ConsignmentLine, DeMinimis, Switches } from '../../events/landed-cost.ts';
import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { Money, Ratio } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { RuleBook } from './rule-book.ts';

/** A line of goods with the agreements that its proofs of origin belong to. */
export type LineToAssess = ConsignmentLine & { readonly originProofs?: readonly string[] | undefined };

/** Goods from one place to one consignee, for which duty, tax and statutory fees are calculated. */
export interface ConsignmentToAssess {
  readonly shipFrom: Country;
  readonly destination: {
    readonly country: Country;
    readonly region?: string | undefined;
    readonly postalCode?: string | undefined;
  };
  /** The shopper's currency: every charge is in it. */
  readonly currency: Currency;
  readonly incoterm: 'DDP' | 'DAP';
  readonly channel: 'post' | 'courier';
  readonly lines: readonly LineToAssess[];
  /** Transport and insurance to the consignee, without tax. */
  readonly freight: Money;
  /**
   * Goods that the same order sends from the same country in other consignments. Thresholds are tested on all goods of
   * one origin to one consignee together: a second warehouse doesn't halve them.
   */
  readonly alsoSent?: Money | undefined;
}

/**
 * The rate of a code that the tariff divides further, at different rates: the lowest, the middle one (the higher of
 * two), the highest, or none. The charge always names the choice.
 */
export const classificationPolicies = ['minimum', 'median', 'maximum', 'refuse'] as const;
export type ClassificationPolicy = (typeof classificationPolicies)[number];

/** The seller's registrations that decide which scheme a consignment can use. */
export interface SellerRegistrations {
  /** IOSS number, `IM` and ten digits. */
  readonly ioss?: string | undefined;
  /** GB VAT number. */
  readonly gbVat?: string | undefined;
  /** Tax numbers of other destinations, by ISO country code. */
  readonly taxNumbers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Importer numbers by authority: {@link importerOfRecord} says where they make the seller the importer. */
  readonly importer?: { readonly US?: string | undefined } | undefined;
  /** The policy for a code that the tariff divides further. */
  readonly classification?: ClassificationPolicy | undefined;
  /** Answers to unsettled questions of law; the defaults where it has none. */
  readonly switches?: { readonly [Key in keyof Switches]?: Switches[Key] | undefined } | undefined;
}

export interface AssessContext {
  /** The date in the destination on which the rules are read. */
  readonly date: CalendarDate;
  readonly rules: RuleBook;
  readonly seller: SellerRegistrations;
  /** At the quote's locked rates, half up. */
  readonly convert: (amount: Money, to: Currency) => Money;
  /** As the regime's customs convert values and thresholds; at the locked rates where absent. */
  readonly convertForCustoms?: (amount: Money, to: Currency) => Money;
  /** Whether the tax on the goods is wanted, to find the price without tax: {@link taxOnGoods} gives it. */
  readonly forListedPrice?: boolean;
  /** Whether to write formulas and explanations. A search over many plans leaves them out. */
  readonly explain: boolean;
}

export interface Assessed {
  readonly scheme: string;
  /** Absent where no customs border is crossed. */
  readonly dataSet?: string;
  /** By line: the code that the declaration names, where the line's own has too few digits for the data set. */
  readonly declaredCodes?: Readonly<Record<string, string>>;
  readonly deMinimis: readonly DeMinimis[];
  /** Duty, tax and fees in the shopper's currency. */
  readonly charges: readonly Charge[];
}

/** Why a consignment can't be priced. We give no figure rather than a wrong one. */
export interface NotAssessable {
  readonly reason: 'unclassified' | 'not-registered' | 'trade-defence' | 'not-supported' | 'no-declarant';
  readonly lineId?: string;
  /** The part of the destination that is refused; the country if absent. */
  readonly part?: 'country' | 'region' | undefined;
  readonly detail: string;
}

/** The import rules of one destination or bloc. Pure: rules, date, rates and registrations are arguments. */
export interface Regime<Code extends string = string> {
  readonly code: Code;
  /** ISO codes of its countries. */
  readonly countries: readonly Country[];
  /** The IANA time zone whose calendar decides which rules are in force. */
  readonly timeZone: string;
  /** The currency of its law. */
  readonly currency: Currency;
  /**
   * The key under which a product keeps the national code, which is longer than the six digits of the Harmonised
   * System.
   */
  readonly tariff: string;
  /** The share of the price that is the customs value, if limits are not tested on the price itself. */
  readonly valuedShare?: Ratio;
  /** Up to this value a charge depends on the exact total of the order, not only on the limits that it passes. */
  readonly exactUpTo?: Money;
  /** The coarsest step that a line's duty or the tax of a consignment is rounded to; a minor unit if absent. */
  readonly roundedTo?: Money;
  assess(consignment: ConsignmentToAssess, context: AssessContext): Assessed | NotAssessable;
}

export function defineRegime<const Code extends string>(regime: Regime<Code>): Regime<Code> {
  return regime;
}

export function isAssessed(outcome: Assessed | NotAssessable): outcome is Assessed {
  return 'scheme' in outcome;
}

export function isRefusal(outcome: object): outcome is NotAssessable {
  return 'reason' in outcome && 'detail' in outcome;
}
