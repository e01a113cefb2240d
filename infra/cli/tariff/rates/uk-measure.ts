import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { currencies } from '../../../../shared/kernel/currency.ts';
import { isIsoCountry } from '../../../../shared/kernel/iso-countries.ts';
import { dutyUnit } from './duty-units.ts';
import {
  expressRate,
  minorOf,
  type RateTerms,
  type Term,
  type Unreadable,
  unreadable,
} from './express-rate.ts';
import { type JsonApiDocument, type Resource, textOf } from './json-api.ts';
import type { Origins } from './origins.ts';
import { readDutyExpression } from './taric-duty.ts';

const ERGA_OMNES = '1011';

/** The part of a rate for each identifier of a duty expression. Other identifiers are formulas. */
const PARTS: Readonly<Record<string, keyof RateTerms>> = {
  '01': 'own',
  '04': 'own',
  '15': 'least',
  '17': 'most',
  '35': 'most',
};

/** The duty of a measure, from its components. If it has none, from the text of its duty expression. */
export function dutyOf(document: JsonApiDocument, measure: Resource): DutyRate | Unreadable {
  const conditions = document.related(measure, 'measure_conditions');
  if (conditions.some((condition) => document.idsOf(condition, 'measure_condition_components').length > 0))
    return { unreadable: unreadable.formula };
  const components = document
    .related(measure, 'measure_components')
    .toSorted((a, b) => textOf(a, 'duty_expression_id').localeCompare(textOf(b, 'duty_expression_id')));
  if (components.length === 0) {
    const [expression] = document.related(measure, 'duty_expression');
    return readDutyExpression(expression === undefined ? '' : textOf(expression, 'base'), 'GBP');
  }
  const parts: Partial<Record<keyof RateTerms, Term[]>> = {};
  for (const component of components) {
    const part = PARTS[textOf(component, 'duty_expression_id')];
    if (part === undefined) return { unreadable: unreadable.formula };
    const term = termOf(component);
    if ('unreadable' in term) return term;
    parts[part] = [...(parts[part] ?? []), term];
  }
  return expressRate({ own: [], ...parts }, 'GBP');
}

function termOf(component: Resource): Term | Unreadable {
  const amount = textOf(component, 'duty_amount');
  const [money, unit] = [textOf(component, 'monetary_unit_code'), textOf(component, 'measurement_unit_code')];
  if (!/^\d+(\.\d+)?$/.test(amount)) return { unreadable: unreadable.words };
  if (money === '' && unit === '') return { percent: amount };
  const currency = currencies.find((known) => known === money);
  if (currency === undefined) return { unreadable: unreadable.currency };
  const per = dutyUnit(`${unit}${textOf(component, 'measurement_unit_qualifier_code')}`);
  return per === undefined
    ? { unreadable: unreadable.unit }
    : { minor: minorOf(amount, currency), currency, per };
}

/**
 * The countries of a measure's geographical area, without those that the measure excludes. Undefined means all
 * countries. Null means that the document does not list the members of the group. Codes that are not ISO countries
 * are left out.
 */
export function originsOf(document: JsonApiDocument, measure: Resource): Origins | undefined | null {
  const [id = ''] = document.idsOf(measure, 'geographical_area');
  const membersOf = (area: string, resource: Resource | undefined): string[] =>
    isIsoCountry(area)
      ? [area]
      : resource === undefined
        ? []
        : document.idsOf(resource, 'children_geographical_areas').filter((child) => isIsoCountry(child));
  const excluded = document
    .idsOf(measure, 'excluded_countries')
    .flatMap((area, index) => membersOf(area, document.related(measure, 'excluded_countries')[index]));
  if (id === ERGA_OMNES) return excluded.length === 0 ? undefined : { except: excluded.toSorted() };
  const [area] = document.related(measure, 'geographical_area');
  const members = membersOf(id, area).filter((country) => !excluded.includes(country));
  return members.length === 0 ? null : { only: [...new Set(members)].toSorted() };
}

/** The area's identifier. */
export const areaOf = (document: JsonApiDocument, measure: Resource) =>
  document.idsOf(measure, 'geographical_area')[0] ?? '';
