import type { Country } from '../kernel/country.ts';
import type { ProductCompliance } from './product-compliance.ts';

/** The data of a product that restrictions depend on. */
export interface RestrictedProduct {
  readonly sku: string;
  /** Six digits at least. */
  readonly hsCode: string;
  readonly originCountry: Country;
  readonly compliance?: ProductCompliance | undefined;
}

/** The attributes that rows may test. */
export const attributeNames = [
  'unNumber',
  'packing',
  'cellMilliwattHours',
  'batteryMilliwattHours',
  'cellLithiumMilligrams',
  'batteryLithiumMilligrams',
  'cellCount',
  'batteryCount',
  'stateOfChargeLimited',
  'flashPointCelsius',
  'volumeMl',
  'aerosol',
  'liquid',
  'cites',
  'animalMaterials',
  'plantMaterials',
  'forChildrenUnder12',
  'radio',
  'electrical',
  'cosmetic',
  'foodContact',
  'food',
  'medicine',
  'medicalDevice',
  'personalProtection',
  'pesticide',
  'laser',
  'tradeDefence',
  'exportControlled',
  'hasBrand',
  'content',
] as const;

export type AttributeName = (typeof attributeNames)[number];
export type AttributeValue = string | boolean | number | readonly string[];

/** The value of an attribute; undefined where the merchant did not state it. */
export function attributeOf(
  { compliance }: RestrictedProduct,
  attribute: AttributeName,
): AttributeValue | undefined {
  if (compliance === undefined) return undefined;
  switch (attribute) {
    case 'unNumber':
    case 'packing':
    case 'cellMilliwattHours':
    case 'batteryMilliwattHours':
    case 'cellLithiumMilligrams':
    case 'batteryLithiumMilligrams':
    case 'cellCount':
    case 'batteryCount':
    case 'stateOfChargeLimited':
      return compliance.dangerousGoods?.[attribute];
    case 'exportControlled':
      // EAR99 means that no entry of a control list covers the goods.
      return compliance.exportControl === undefined ? undefined : compliance.exportControl !== 'EAR99';
    case 'hasBrand':
      return compliance.brand === undefined ? undefined : true;
    default:
      return compliance[attribute];
  }
}
