import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import type { Currency } from '../../kernel/currency.ts';
import { add, allocate, fromJson, type Money, sum, zero } from '../../kernel/money.ts';
import type { AssessContext, ConsignmentToAssess, LineToAssess } from '../regime.ts';
import type { RulesOnDate } from '../rule-book.ts';
import type { RuledLine, Situation } from '../rules/conditions.ts';
import type { Basis } from '../rules/schema.ts';
import { switchesOf } from '../switches.ts';

/**
 * A line with its goods value and its share of the freight, in the regime's currency. Both are converted when they are
 * asked for.
 */
export interface ValuedLine extends RuledLine {
  readonly line: LineToAssess;
  readonly lineId: string;
  readonly freight: Money;
}

/** One consignment while it is assessed. Amounts are in the regime's currency unless it says otherwise. */
export interface ImportCase extends Situation {
  readonly consignment: ConsignmentToAssess;
  readonly context: AssessContext;
  readonly rules: RulesOnDate;
  readonly currency: Currency;
  readonly lines: readonly ValuedLine[];
  /** The price of the consignment's own goods, and its freight. */
  readonly goods: Money;
  readonly freight: Money;
  readonly toShopper: (amount: Money) => Money;
  /** Under DAP the consignee pays what is due at the border. */
  readonly onDelivery: boolean;
}

export interface CaseOf {
  readonly regime: string;
  readonly currency: Currency;
  readonly registered: boolean;
}

/**
 * Opens a case: values the lines in the regime's currency. The sum of the goods is converted once and shared out,
 * so that a threshold is tested on the exact value and the lines add up to it; freight is shared out by value. Nothing
 * is converted before a rule asks for it: goods that bear no charge there need no exchange rate.
 */
export function openCase(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  { regime, currency, registered }: CaseOf,
): ImportCase {
  const { lines, shipFrom, destination, channel, incoterm } = consignment;
  const priced = lines.map(({ goodsValue }) => fromJson(goodsValue));
  const own = sum(priced, consignment.currency);
  const tested = consignment.alsoSent === undefined ? own : add(own, consignment.alsoSent);
  const forCustoms = context.convertForCustoms ?? context.convert;
  const goods = valuedOnce(() => {
    const all = forCustoms(own, currency);
    return { all, shares: share(all, priced) };
  });
  const freight = valuedOnce(() => {
    const all = forCustoms(consignment.freight, currency);
    return { all, shares: share(all, goods().shares) };
  });
  return {
    consignment,
    context,
    rules: context.rules.rulesOf(regime, context.date),
    currency,
    shipFrom,
    destination,
    channel,
    registered,
    switches: switchesOf(context.seller.switches),
    weightGrams: lines.reduce((all, line) => all + weightOf(line), 0),
    get goods() {
      return goods().all;
    },
    get freight() {
      return freight().all;
    },
    onDelivery: incoterm === 'DAP',
    toShopper: (amount) => context.convert(amount, consignment.currency),
    valueOn: (basis, wanted, line) => valueOn({ tested, consignment, forCustoms }, basis, wanted, line),
    lines: lines.map((line, index) => ({
      line,
      lineId: line.lineId,
      hsCode: line.hsCode,
      originCountry: line.originCountry,
      quantity: line.quantity,
      unitsAlike: unitsAlike(lines, line.sku),
      get goods() {
        return goods().shares[index] ?? zero(currency);
      },
      get freight() {
        return freight().shares[index] ?? zero(currency);
      },
    })),
  };
}

interface Valued {
  readonly all: Money;
  /** By line. */
  readonly shares: readonly Money[];
}

function valuedOnce(value: () => Valued): () => Valued {
  let known: Valued | undefined;
  return () => {
    known ??= value();
    return known;
  };
}

const unitsAlike = (lines: readonly LineToAssess[], sku: string) =>
  lines.reduce((all, line) => (line.sku === sku ? all + line.quantity : all), 0);

function valueOn(
  it: {
    readonly tested: Money;
    readonly consignment: ConsignmentToAssess;
    readonly forCustoms: AssessContext['convert'];
  },
  basis: Basis,
  wanted: Currency,
  line: RuledLine | undefined,
): Money {
  const { tested, consignment, forCustoms } = it;
  if (basis === 'item') return forCustoms(line?.goods ?? tested, wanted);
  return forCustoms(basis === 'CIF' ? add(tested, consignment.freight) : tested, wanted);
}

/** Shares an amount out by the weights' amounts; evenly where all are zero. */
export function share(amount: Money, weights: readonly Money[]): Money[] {
  if (weights.length === 1) return [amount];
  const all = weights.every(({ amountMinor }) => amountMinor === 0);
  return allocate(
    amount,
    weights.map(({ amountMinor }) => (all ? 1 : amountMinor)),
  );
}

/** The weight of all units of a line, in grams. */
export const weightOf = ({ unitWeightGrams, quantity }: ConsignmentLine) => unitWeightGrams * quantity;
