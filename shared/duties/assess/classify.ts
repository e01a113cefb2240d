import type { Charge } from '../../../events/landed-cost.ts';
import { add, compare, type Money } from '../../kernel/money.ts';
import type { ClassificationPolicy } from '../regime.ts';
import type { TariffLine } from '../schedules/scheduled-tariff.ts';
import { amountAt, rateText } from './duty-rate.ts';
import { customsConversion, type ImportCase, type ValuedLine, withCode } from './import-case.ts';
import { type Place, placesOf } from './on-top.ts';

export interface Classified {
  readonly rule: TariffLine;
  /** A longer code than that of the line, where it decides what the goods bear besides. */
  readonly code?: string;
  readonly assumption?: string;
  /** The rates that the goods may have, where lines under their code have several. */
  readonly range?: NonNullable<Charge['rateRange']> | undefined;
}

const SUBHEADING = 6;

/**
 * The tariff line of goods. Undefined if none is known, or if several are possible and the merchant's policy refuses to
 * choose. Even a line with the whole code is ambiguous if longer codes have other rates: then it is the rest of them.
 * Lines of a schedule under a short code are all that there are: if they have one rate, the goods have it.
 */
export function classify(
  it: ImportCase,
  tariff: string,
  given: ValuedLine,
  base: Money,
): Classified | undefined {
  const line = withoutZeros(it, tariff, given);
  const exact = it.rules.tariffLine(tariff, it, line);
  const below = it.rules.tariffLinesBelow(tariff, it, line);
  const unread = it.rules.unreadLines(tariff, line.hsCode).length;
  const isOne = exact !== undefined && below.length === 0 && unread === 0;
  const lines = isOne ? [exact] : candidatesOf(exact, below, line.hsCode);
  const places = placesOf(it, tariff, line, lines);
  if (isOne && places === undefined) return { rule: exact };
  const alike = unread === 0 && places === undefined ? ofOneRate(lines, exact, line.hsCode) : undefined;
  if (alike !== undefined) return alike;
  const policy = it.context.seller.classification ?? 'refuse';
  if (policy === 'refuse' || lines.length === 0) return undefined;
  return chosen(it, { lines, places, unread, policy, base, line });
}

/** Why goods have no line: the reason in words. */
export function whyUnclassified(it: ImportCase, tariff: string, given: ValuedLine): string {
  const line = withoutZeros(it, tariff, given);
  const { country } = it.destination;
  const [unread] = it.rules.unreadLines(tariff, line.hsCode);
  const below = it.rules.tariffLinesBelow(tariff, it, line);
  const exact = it.rules.tariffLine(tariff, it, line);
  if (below.length === 0 && exact !== undefined)
    return `${line.hsCode} is divided in ${country} by other duties or limits: it takes a longer code, or a policy of the seller`;
  if (below.some(({ published }) => published !== undefined)) {
    const { least, most } = rangeOfRates(below);
    const rates = least === most ? least : `${least} to ${most}`;
    const isDivided = placesOf(it, tariff, line, below) !== undefined;
    const besides = isDivided ? ', some with other duties or limits besides' : '';
    return `${line.hsCode} is divided in ${country} into ${below.length + unreadCount(it, tariff, line)} lines, ${rates}${besides}: it takes a longer code, or a policy of the seller`;
  }
  if (unread !== undefined)
    return `the rate of ${unread.code} in ${country}, published as "${unread.text}", is not computed`;
  const longer = below.length === 0 ? '' : ', only for longer codes';
  return `no duty rate of ${country} is known for ${given.hsCode}${longer}`;
}

const unreadCount = (it: ImportCase, tariff: string, { hsCode }: ValuedLine) =>
  it.rules.unreadLines(tariff, hsCode).length;

/** The line under the code of its tariff line, where that is longer than its own. */
export function atItsLine(line: ValuedLine, classified: Classified | undefined): ValuedLine {
  const code = classified?.code ?? classified?.rule.hsPrefix ?? '';
  const own = line.hsCode.slice(0, code.length);
  const isUnder = code.startsWith(own) || code.startsWith(own.replace(FILLED_UP, ''));
  return isUnder && code !== own ? withCode(line, code) : line;
}

/** The zeros that a code is filled up with after the six digits of its subheading. */
const FILLED_UP = /(?<=^\d{6})(00)+$/;

/**
 * Codes are filled up with zeros where a longer one is asked for. Where the tariff has no such line, the shorter code
 * is what is known.
 */
function withoutZeros(it: ImportCase, tariff: string, line: ValuedLine): ValuedLine {
  let code = line.hsCode;
  if (code.length <= SUBHEADING || !code.endsWith('00')) return line;
  const schedule = it.rules.scheduleOf(tariff);
  const isKnown = (shown: string) =>
    schedule === undefined
      ? it.rules.tariffLinesBelow(tariff, it, withCode(line, shown)).length > 0
      : schedule.knows(shown);
  if (isKnown(code) || it.rules.tariffLine(tariff, it, line) !== undefined) return line;
  while (code.length > SUBHEADING && code.endsWith('00') && !isKnown(code)) code = code.slice(0, -2);
  return withCode(line, code);
}

/**
 * The lines that the goods may have. A line with a shorter code is the rest of those below, but where a schedule has
 * lines below, these are all.
 */
function candidatesOf(
  exact: TariffLine | undefined,
  below: readonly TariffLine[],
  hsCode: string,
): readonly TariffLine[] {
  const isCovered =
    exact === undefined ||
    (exact.hsPrefix.length < hsCode.length && below.some(({ published }) => published !== undefined));
  return isCovered ? below : [exact, ...below];
}

function ofOneRate(
  lines: readonly TariffLine[],
  exact: TariffLine | undefined,
  hsCode: string,
): Classified | undefined {
  const [first] = lines;
  if (first === undefined || !lines.every(({ rate }) => rateText(rate) === rateText(first.rate)))
    return undefined;
  if (first === exact) return { rule: exact };
  // Rows may be a part of a tariff: that those below are alike says nothing of the others.
  if (lines.some(({ published }) => published === undefined)) return undefined;
  const all = lines.length === 1 ? `the line ${first.hsPrefix}` : `each of the ${lines.length} lines`;
  return { rule: first, assumption: `${all} under ${hsCode} bears ${rateText(first.rate)}` };
}

interface ToChoose {
  readonly lines: readonly TariffLine[];
  /** Undefined where goods of all the lines bear the same besides. */
  readonly places: readonly Place[] | undefined;
  /** The number of lines whose rate is not read. */
  readonly unread: number;
  readonly policy: Exclude<ClassificationPolicy, 'refuse'>;
  readonly base: Money;
  readonly line: ValuedLine;
}

/** Choices that do not depend on the value or the quantity of goods: rates in per cent. */
const known = new WeakMap<TariffLine, Map<string, Classified>>();

function chosen(it: ImportCase, asked: ToChoose): Classified | undefined {
  const { lines, places, line, policy } = asked;
  const [first] = lines;
  const isSimple =
    places === undefined && lines.every(({ published, rate }) => published && typeof rate === 'string');
  if (first === undefined || !isSimple) return chosenByAmount(it, asked);
  const choices = known.get(first) ?? new Map<string, Classified>();
  known.set(first, choices);
  const key = `${line.hsCode} ${policy} ${lines.length}`;
  const made = choices.get(key) ?? chosenByAmount(it, asked);
  if (made !== undefined) choices.set(key, made);
  return made;
}

function chosenByAmount(
  it: ImportCase,
  { lines, places, unread, policy, base, line }: ToChoose,
): Classified | undefined {
  const convert = customsConversion(it);
  const meant = places ?? lines.map((rule): Place => ({ rule, code: rule.hsPrefix, rates: [] }));
  const candidates = meant
    .flatMap(({ rule, code, rates }): Candidate[] => {
      const own = amountAt(rule.rate, base, line.line, { convert });
      if (own === undefined) return [];
      const added = rates.map((rate) => amountAt(rate, base, line.line, { convert }));
      if (!added.every((amount) => amount !== undefined)) return [];
      const text = [rule.rate, ...rates].map(rateText).join(' + ');
      return [{ rule, code, text, amount: added.reduce(add, own) }];
    })
    .sort(byDuty);
  const taken = candidates[placeOf(policy, candidates.length)];
  const [least, most] = [candidates[0], candidates.at(-1)];
  if (taken === undefined || least === undefined || most === undefined) return undefined;
  const range = {
    least: least.text,
    most: most.text,
    lines: candidates.length,
  };
  const named = candidates.map(({ code, text }) => `${code} ${text}`);
  const divided =
    named.length > MAX_NAMED ? `${named.length} lines, ${range.least} to ${range.most}` : named.join(', ');
  const others = unread + meant.length - candidates.length;
  const leftOut =
    others === 0 ? '' : `; ${others === 1 ? 'a line' : `${others} lines`} without a computed rate left out`;
  return {
    rule: taken.rule,
    ...(taken.code === taken.rule.hsPrefix ? {} : { code: taken.code }),
    range,
    assumption: `${line.hsCode} is divided into ${divided}: the ${policy} is taken, as the merchant asks${leftOut}`,
  };
}

interface Candidate {
  readonly rule: TariffLine;
  readonly code: string;
  /** Its rate, with those on top where these decide. */
  readonly text: string;
  readonly amount: Money;
}

/** By the duty. On a small value several rates may be one amount: then by the percentage, at last by the code. */
function byDuty(a: Candidate, b: Candidate): number {
  const [one, other] = [percentOf(a.rule.rate), percentOf(b.rule.rate)];
  const byPercentage = one === other ? 0 : one < other ? -1 : 1;
  return compare(a.amount, b.amount) || byPercentage || a.code.localeCompare(b.code);
}

/** Up to this number of lines a charge names one by one. */
const MAX_NAMED = 6;

/** The lowest and the highest percentage; a rate that is no percentage comes after these. */
function rangeOfRates(lines: readonly TariffLine[]): { readonly least: string; readonly most: string } {
  const byRate = lines
    .map(({ rate }) => rate)
    .toSorted((a, b) => percentOf(a) - percentOf(b))
    .map(rateText);
  return { least: byRate[0] ?? '', most: byRate.at(-1) ?? '' };
}

const percentOf = (rate: TariffLine['rate']) =>
  typeof rate === 'string' ? Number(rate) : Number.POSITIVE_INFINITY;

function placeOf(policy: Exclude<ClassificationPolicy, 'refuse'>, count: number): number {
  if (policy === 'minimum') return 0;
  return policy === 'maximum' ? count - 1 : Math.floor(count / 2);
}
