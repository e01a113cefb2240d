import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import type { Currency } from '../../kernel/currency.ts';
import { add, allocate, fromJson, type Money, multiply, type Ratio, sum, zero } from '../../kernel/money.ts';
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
  /** Under DAP the consignee pays the charges at the border. */
  readonly onDelivery: boolean;
}

export interface CaseOf {
  readonly regime: string;
  readonly currency: Currency;
  readonly registered: boolean;
  /** The part of the price of the goods that is insurance, which is added to freight. None if absent. */
  readonly insurance?: Ratio | undefined;
}

/**
 * Opens a case: values the lines in the regime's currency. The sum of the goods is converted once and then shared out,
 * so that a threshold is tested on the exact value and the lines add up to it. Freight is shared out by value. Nothing
 * is converted before a rule asks for it, so goods without charges need no exchange rate.
 */
export function openCase(
  consignment: ConsignmentToAssess,
  context: AssessContext,
  { regime, currency, registered, insurance }: CaseOf,
): ImportCase {
  const { lines, shipFrom, destination, channel, incoterm } = consignment;
  const priced = lines.map(({ goodsValue }) => fromJson(goodsValue));
  const own = sum(priced, consignment.currency);
  const tested = consignment.alsoSent === undefined ? own : add(own, consignment.alsoSent);
  const forCustoms = context.convertForCustoms ?? context.convert;
  const values = new CaseValues({ priced, own, freight: consignment.freight, insurance }, (amount) =>
    forCustoms(amount, currency),
  );
  const alike = unitsAlike(lines);
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
    pieces: lines.reduce((all, { quantity }) => all + quantity, 0),
    get goods() {
      return values.goods.all;
    },
    get freight() {
      return values.freight.all;
    },
    onDelivery: incoterm === 'DAP',
    toShopper: (amount) => context.convert(amount, consignment.currency),
    valueOn: (basis, wanted, line) => valueOn({ tested, consignment, forCustoms }, basis, wanted, line),
    lines: lines.map((line, index) => new LineOfCase(line, alike.get(line.sku) ?? 0, values, index)),
  };
}

interface GivenValues {
  /** By line, in the shopper's currency, as are the others. */
  readonly priced: readonly Money[];
  readonly own: Money;
  readonly freight: Money;
  readonly insurance: Ratio | undefined;
}

interface Valued {
  readonly all: Money;
  /** By line. */
  readonly shares: readonly Money[];
}

/** What a case is worth in the currency of its law: converted once, when it is first asked for. */
class CaseValues {
  readonly #given: GivenValues;
  readonly #convert: (amount: Money) => Money;
  #goods: Valued | undefined;
  #freight: Valued | undefined;

  constructor(given: GivenValues, convert: (amount: Money) => Money) {
    this.#given = given;
    this.#convert = convert;
  }

  get goods(): Valued {
    if (this.#goods === undefined) {
      const all = this.#convert(this.#given.own);
      this.#goods = { all, shares: share(all, this.#given.priced) };
    }
    return this.#goods;
  }

  get freight(): Valued {
    if (this.#freight === undefined) {
      const { freight, insurance } = this.#given;
      const carried = this.#convert(freight);
      const all = insurance === undefined ? carried : add(carried, multiply(this.goods.all, insurance));
      this.#freight = { all, shares: share(all, this.goods.shares) };
    }
    return this.#freight;
  }
}

/** Not to be copied by `...`: its amounts are getters, which a copy lacks. */
class LineOfCase implements ValuedLine {
  readonly line: LineToAssess;
  readonly lineId: string;
  readonly hsCode: string;
  readonly originCountry: LineToAssess['originCountry'];
  readonly quantity: number;
  readonly unitsAlike: number;
  readonly #values: CaseValues;
  readonly #index: number;

  constructor(line: LineToAssess, alike: number, values: CaseValues, index: number) {
    this.line = line;
    this.lineId = line.lineId;
    this.hsCode = line.hsCode;
    this.originCountry = line.originCountry;
    this.quantity = line.quantity;
    this.unitsAlike = alike;
    this.#values = values;
    this.#index = index;
  }

  get goods(): Money {
    return this.#at(this.#values.goods);
  }

  get freight(): Money {
    return this.#at(this.#values.freight);
  }

  #at({ all, shares }: Valued): Money {
    return shares[this.#index] ?? zero(all.currency);
  }
}

/** By SKU: its units on all lines. */
function unitsAlike(lines: readonly LineToAssess[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

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

/** Shares an amount out in proportion to the weights; evenly if all are zero. */
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

/** The conversion of the case's customs: at the locked rates where its customs have none of their own. */
export const customsConversion = ({ context }: ImportCase): AssessContext['convert'] =>
  context.convertForCustoms ?? context.convert;

/** The line under another code. Its amounts are asked for through the line, which may convert them only then. */
export function withCode(line: ValuedLine, hsCode: string): ValuedLine {
  const { line: own, lineId, originCountry, quantity, unitsAlike } = line;
  return {
    ...{ line: own, lineId, hsCode, originCountry, quantity, unitsAlike },
    get goods() {
      return line.goods;
    },
    get freight() {
      return line.freight;
    },
  };
}
