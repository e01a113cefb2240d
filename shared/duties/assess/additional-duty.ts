import type { DutyRate } from '../rules/duty-rate-schema.ts';
import type { RuleOf } from '../rules/schema.ts';
import type { Preference, TariffLine } from '../schedules/scheduled-tariff.ts';
import { ratioOfPercent } from './duty-rate.ts';
import type { ImportCase, ValuedLine } from './import-case.ts';

/** A duty in addition to the tariff, on the same value. */
export interface AddedDuty {
  readonly rule: RuleOf<'additional-duty'>;
  /** Undefined if the row's list of rates does not have the goods. */
  readonly rate: DutyRate | undefined;
  /** The line of the row's list that the rate is from. */
  readonly listed?: TariffLine | undefined;
}

/**
 * The duties in addition to the tariff that goods bear under the code of their line: one per code, without those that
 * the agreement of the preference, or another of these duties, takes off.
 */
export function addedDuties(
  it: ImportCase,
  line: ValuedLine,
  tariffRule: TariffLine | Preference,
): AddedDuty[] {
  const codes = new Set(it.rules.matching('additional-duty', it, line).map(({ code }) => code));
  const due = [...codes].flatMap((code) => {
    const rule = it.rules.find('additional-duty', it, line, (row) => row.code === code);
    return rule === undefined || isExcepted(rule, tariffRule) ? [] : [rule];
  });
  const present = new Set(due.map(({ code }) => code));
  return due
    .filter(({ notWith = [] }) => !notWith.some((code) => present.has(code)))
    .map((rule) => ratedAt(it, line, rule, tariffRule));
}

const isExcepted = (
  { exceptAgreements = [] }: RuleOf<'additional-duty'>,
  tariffRule: TariffLine | Preference,
) => tariffRule.kind === 'preference' && exceptAgreements.includes(tariffRule.agreement);

function ratedAt(
  it: ImportCase,
  line: ValuedLine,
  rule: RuleOf<'additional-duty'>,
  tariffRule: TariffLine | Preference,
): AddedDuty {
  const listed = rule.tariff === undefined ? undefined : listedAt(it, line, rule.tariff);
  const full = rule.rate ?? listed?.rate;
  if (full === undefined || !rule.netOfTariff) return { rule, listed, rate: full };
  // An amount for a quantity less a percentage is nothing that a schedule has.
  return { rule, listed, rate: typeof full === 'string' ? netRate(full, tariffRule.rate) : undefined };
}

/** From this number of digits on a row says more than a list of codes of eight. */
const LINE = 8;

/**
 * The line of a list of rates. An edition of the list is complete: a row about a whole heading or subheading then says
 * nothing of its lines.
 */
function listedAt(it: ImportCase, line: ValuedLine, list: string): TariffLine | undefined {
  const found = it.rules.tariffLine(list, it, line);
  const isRow = found !== undefined && found.published === undefined;
  const edition = isRow && found.hsPrefix.length < LINE ? it.rules.scheduleOf(list) : undefined;
  return edition === undefined ? found : edition.lineOf(line.hsCode)?.rule;
}

/** max(rate - the tariff's own, 0); the whole rate if the tariff's is not a percentage. */
function netRate(rate: string, tariffRate: RuleOf<'tariff-line'>['rate']): string {
  if (typeof tariffRate !== 'string') return rate;
  const [own, taken] = [ratioOfPercent(rate), ratioOfPercent(tariffRate)];
  // Percentages have at most four decimals, so both are whole numbers in millionths.
  const millionths = (ratio: typeof own) => (ratio.numerator * 1_000_000n) / ratio.denominator;
  const left = millionths(own) - millionths(taken);
  if (left <= 0n) return '0';
  const fraction = (left % 10_000n).toString().padStart(4, '0').replace(/0+$/, '');
  return fraction === '' ? `${left / 10_000n}` : `${left / 10_000n}.${fraction}`;
}
