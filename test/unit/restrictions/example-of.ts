import type { RestrictedProduct } from '../../../shared/restrictions/attributes.ts';
import type { Transport } from '../../../shared/restrictions/index.ts';
import type { ProductCompliance } from '../../../shared/restrictions/product-compliance.ts';
import type { GoodsCase, GoodsKind, Restriction } from '../../../shared/restrictions/schema.ts';

const batteryFields = [
  'unNumber', 'packing', 'cellMilliwattHours', 'batteryMilliwattHours', 'cellLithiumMilligrams',
  'batteryLithiumMilligrams', 'cellCount', 'batteryCount', 'stateOfChargeLimited',
]; // biome-ignore format: names
const lists = ['animalMaterials', 'plantMaterials', 'content'];

/** Goods to which the row applies, made from its first case. */
export function exampleOf(row: Restriction, kinds: ReadonlyMap<string, GoodsKind>): RestrictedProduct {
  const first = row.cases?.[0] ?? kinds.get(row.kinds?.[0] ?? '')?.cases[0] ?? {};
  const except = row.origins !== undefined && 'except' in row.origins ? row.origins.except : [];
  const origin = row.origins !== undefined && 'only' in row.origins ? row.origins.only[0] : undefined;
  return {
    sku: 'EXAMPLE',
    hsCode: (first.hsPrefixes?.[0] ?? '392690').padEnd(6, '0'),
    originCountry: origin ?? ['CN', 'VN'].find((country) => !except.includes(country)) ?? 'CN',
    compliance: complianceOf(first),
  };
}

/** Goods to which the row does not apply: another code, and other values of every attribute. */
export function counterExampleOf(): RestrictedProduct {
  return { sku: 'OTHER', hsCode: '392690', originCountry: 'VN', compliance: {} };
}

function complianceOf({ attributes = [] }: GoodsCase): ProductCompliance {
  const compliance: Record<string, unknown> = {};
  const dangerousGoods: Record<string, unknown> = {};
  for (const { attribute, is, over, atMost } of attributes) {
    const value = is?.[0] ?? (over === undefined ? atMost : over + 1);
    if (batteryFields.includes(attribute)) dangerousGoods[attribute] = value;
    else if (attribute === 'hasBrand') compliance.brand = 'A brand';
    else if (attribute === 'exportControlled') compliance.exportControl = '5A002';
    else compliance[attribute] = lists.includes(attribute) ? [value] : value;
  }
  if (Object.keys(dangerousGoods).length > 0) compliance.dangerousGoods = dangerousGoods;
  return compliance as ProductCompliance;
}

/** A way to which the row applies: across a customs border, by its modes and channels, without any service. */
export function wayOf({ modes, channels, destinations }: Restriction): Transport {
  const shipFrom = destinations !== '*' && destinations.includes('CN') ? 'US' : 'CN';
  return { shipFrom, modes: [modes?.[0] ?? 'road'], channel: channels?.[0] ?? 'courier', services: [] };
}
