import { type AttributeValue, attributeOf, type RestrictedProduct } from './attributes.ts';
import type { GoodsCase, GoodsKind, Restriction } from './schema.ts';

type Condition = NonNullable<GoodsCase['attributes']>[number];

/** Whether the row concerns these goods. Destination and transport are not checked here. */
export function meansGoods(
  row: Restriction,
  product: RestrictedProduct,
  kinds: ReadonlyMap<string, GoodsKind>,
): boolean {
  const isKind = (name: string) => anyCase(kinds.get(name)?.cases ?? [], product);
  if (row.origins !== undefined && !isAmong(row.origins, product.originCountry)) return false;
  if (row.exceptKinds?.some(isKind) === true) return false;
  if (row.kinds === undefined && row.cases === undefined) return true;
  return (row.kinds ?? []).some(isKind) || anyCase(row.cases ?? [], product);
}

function anyCase(cases: readonly GoodsCase[], product: RestrictedProduct): boolean {
  return cases.some(({ hsPrefixes, exceptHsPrefixes, attributes }) => {
    const begins = (prefix: string) => product.hsCode.startsWith(prefix);
    if (hsPrefixes !== undefined && !hsPrefixes.some(begins)) return false;
    if (exceptHsPrefixes?.some(begins) === true) return false;
    return attributes?.every((condition) => conditionHolds(condition, product)) ?? true;
  });
}

function conditionHolds(condition: Condition, product: RestrictedProduct): boolean {
  const value = attributeOf(product, condition.attribute);
  if (value === undefined) return condition.orUnknown === true;
  const { is, over, atMost } = condition;
  if (is !== undefined && !isOneOf(value, is)) return false;
  if (over !== undefined && !(typeof value === 'number' && value > over)) return false;
  return atMost === undefined || (typeof value === 'number' && value <= atMost);
}

function isOneOf(value: AttributeValue, wanted: readonly (string | boolean)[]): boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return wanted.includes(value);
  return typeof value !== 'number' && value.some((each) => wanted.includes(each));
}

function isAmong(set: NonNullable<Restriction['origins']>, country: string): boolean {
  return 'only' in set ? set.only.includes(country) : !set.except.includes(country);
}
