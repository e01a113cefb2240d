import type { Charge } from '../../../events/landed-cost.ts';
import { add, compare, type Money, sum, zero } from '../../kernel/money.ts';
import { type Classified, classify, whyUnclassified } from '../assess/classify.ts';
import { preferenceOf } from '../assess/duty.ts';
import { amountAt, assumptionsAt, rateText, whyNoAmount } from '../assess/duty-rate.ts';
import { customsConversion, type ImportCase, type ValuedLine } from '../assess/import-case.ts';
import { schemeOf } from '../assess/scheme.ts';
import { simplifiedRuleOf } from '../assess/simplified-duty.ts';
import { isRefusal, type NotAssessable } from '../regime.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import type { RuleOf } from '../rules/schema.ts';

/** The customs tariff: general, temporary and WTO rates, of which an edition has the one that applies. */
const TARIFF = 'jp';
const SUBHEADING = 6;
/** Amounts of duty are rounded down to the yen. */
const TO_THE_YEN = { minorUnits: 1, direction: 'down' } as const;

/**
 * Goods that are never under the simplified tariff (Customs Tariff Law Art. 3-3(1) and its Cabinet Order): knitted
 * clothing, footwear, bags and clothing of leather, imitation jewellery, dairy produce, cereals and food of these,
 * preparations of meat, tobacco.
 */
const NEVER_SIMPLIFIED = ['04', '10', '11', '16', '19', '24', '4202', '4203', '61', '64', '7117'];

/** Goods of one code and origin, and their value down to a thousand yen. */
interface DutiableItem {
  readonly lines: readonly ValuedLine[];
  readonly base: Money;
}

type Preference = NonNullable<ReturnType<typeof preferenceOf>>;
type DutyRule = Classified['rule'] | Preference | RuleOf<'simplified-duty'>;

export interface DutyOfItem {
  /** To the yen, before the sum of all items is rounded. */
  readonly amount: Money;
  readonly rule: DutyRule;
  /** The rate as a charge states it, and in words. */
  readonly rate: string;
  readonly words: string;
  readonly assumption?: string | undefined;
  readonly range?: Charge['rateRange'] | undefined;
}

/**
 * The duty of each item: up to JPY 200,000 by the simplified tariff, which is not for goods that are free by the
 * customs tariff (Customs Answer 1001); otherwise by the customs tariff. The importer may ask for the customs tariff
 * for all goods of the consignment. That is taken to be so where an agreement's rate is claimed, and where we do not
 * have the simplified rate of some of them.
 */
export function dutiesOfItems(
  it: ImportCase,
  items: readonly DutiableItem[],
): readonly DutyOfItem[] | NotAssessable {
  const isLow = schemeOf(it, 'simplified-tariff') !== undefined;
  const simplified = isLow ? items.map((item) => simplifiedOf(it, item)) : [];
  const isClaimed = items.some((item) => preferenceFor(it, item) !== undefined);
  if (isLow && !isClaimed && simplified.every((rated) => rated !== undefined)) return allOf(simplified);
  const asked = isClaimed
    ? 'the importer asks for the customs tariff, since a rate of an agreement is claimed'
    : 'the importer asks for the customs tariff, since the rate of some goods in the simplified tariff is not known';
  return allOf(items.map((item) => byTariff(it, item, isLow ? asked : undefined)));
}

function allOf(
  rated: readonly (DutyOfItem | NotAssessable | undefined)[],
): readonly DutyOfItem[] | NotAssessable {
  const found: DutyOfItem[] = [];
  for (const each of rated) {
    if (each === undefined) continue;
    if (isRefusal(each)) return each;
    found.push(each);
  }
  return found;
}

/** The duty under the rules of low values; undefined if we do not have the simplified rate of the goods. */
function simplifiedOf(it: ImportCase, item: DutiableItem): DutyOfItem | NotAssessable | undefined {
  const [first] = item.lines;
  if (first === undefined) return undefined;
  if (NEVER_SIMPLIFIED.some((code) => first.hsCode.startsWith(code))) return byTariff(it, item);
  const classified = classify(it, TARIFF, first, item.base);
  if (classified?.rule.rate === '0') return byTariff(it, item);
  const rule = simplifiedRuleOf(it, first);
  if (rule === undefined) return undefined;
  // Without a line of the tariff it is not known whether the goods are free, unless no line that they may be is.
  if (classified === undefined && mayBeFree(it, first)) return byTariff(it, item);
  return ratedAt(it, item, { rule, rate: rule.rate });
}

/** Whether a line of the tariff under the goods' subheading is free, or has no rate that we compute. */
function mayBeFree(it: ImportCase, line: ValuedLine): boolean {
  const subheading = line.hsCode.slice(0, SUBHEADING);
  const lines = it.rules.tariffLinesBelow(TARIFF, it, { ...ruledAs(line), hsCode: subheading });
  return lines.some(({ rate }) => rate === '0') || it.rules.unreadLines(TARIFF, subheading).length > 0;
}

const ruledAs = ({ originCountry, quantity, unitsAlike, goods }: ValuedLine) => ({
  originCountry,
  quantity,
  unitsAlike,
  goods,
});

function byTariff(
  it: ImportCase,
  item: DutiableItem,
  asked?: string,
): DutyOfItem | NotAssessable | undefined {
  const [first] = item.lines;
  if (first === undefined) return undefined;
  const preference = preferenceFor(it, item);
  const classified: Partial<Classified> =
    preference === undefined ? (classify(it, TARIFF, first, item.base) ?? {}) : {};
  const rule = preference ?? classified.rule;
  if (rule === undefined)
    return { reason: 'unclassified', lineId: first.lineId, detail: whyUnclassified(it, TARIFF, first) };
  const proof = preference === undefined ? [] : [`proof of origin under ${preference.agreement}`];
  const said = [asked, classified.assumption, ...proof].filter((text) => text !== undefined);
  return ratedAt(it, item, { rule, rate: rule.rate, said, range: classified.range });
}

/** The lowest rate of an agreement whose origin and proof the goods of all lines have. */
function preferenceFor(it: ImportCase, { lines, base }: DutiableItem): Preference | undefined {
  const found = lines.map((line) => preferenceOf(it, line, TARIFF, base));
  const [first] = found;
  return found.every((rule) => rule?.id === first?.id) ? first : undefined;
}

interface RatedItem {
  readonly rule: DutyRule;
  readonly rate: DutyRate;
  readonly said?: readonly string[];
  readonly range?: Charge['rateRange'] | undefined;
}

function ratedAt(
  it: ImportCase,
  { lines, base }: DutiableItem,
  { rule, rate, said = [], range }: RatedItem,
): DutyOfItem | NotAssessable {
  const amount = amountOf(it, rate, base, lines);
  if (isRefusal(amount)) return amount;
  const assumed = [...said, ...new Set(lines.flatMap(({ line }) => assumptionsAt(rate, line)))];
  return {
    amount,
    rule,
    rate: typeof rate === 'string' ? rate : rateText(rate),
    words: rateText(rate),
    assumption: assumed.length === 0 ? undefined : assumed.join('; '),
    range,
  };
}

/** The rate on all lines together: its percentages on the value of the item, its amounts on each line's quantity. */
function amountOf(
  it: ImportCase,
  rate: DutyRate,
  base: Money,
  lines: readonly ValuedLine[],
): Money | NotAssessable {
  if (typeof rate === 'string') return amountOfSum(it, rate, base, lines);
  const { least, most, ...own } = rate;
  const whole = amountOfSum(it, own, base, lines);
  const floor = least === undefined ? undefined : amountOfSum(it, least, base, lines);
  const ceiling = most === undefined ? undefined : amountOfSum(it, most, base, lines);
  if (isRefusal(whole)) return whole;
  if (floor !== undefined && isRefusal(floor)) return floor;
  if (ceiling !== undefined && isRefusal(ceiling)) return ceiling;
  const atLeast = floor !== undefined && compare(whole, floor) < 0 ? floor : whole;
  return ceiling !== undefined && compare(atLeast, ceiling) > 0 ? ceiling : atLeast;
}

function amountOfSum(
  it: ImportCase,
  rate: DutyRate,
  base: Money,
  lines: readonly ValuedLine[],
): Money | NotAssessable {
  const { percent = '0', ...amounts } = typeof rate === 'string' ? { percent: rate } : rate;
  const [first] = lines;
  const ofValue = first === undefined ? undefined : amountAt(percent, base, first.line, { step: TO_THE_YEN });
  const parts: Money[] = [];
  for (const { line, lineId } of lines) {
    const part = amountAt(amounts, zero('JPY'), line, { step: TO_THE_YEN, convert: customsConversion(it) });
    if (part === undefined) {
      const detail = `the rate of ${line.hsCode} in JP, ${rateText(rate)}, ${whyNoAmount(rate, line)}`;
      return { reason: 'unclassified', lineId, detail };
    }
    parts.push(part);
  }
  return add(ofValue ?? zero('JPY'), sum(parts, 'JPY'));
}
