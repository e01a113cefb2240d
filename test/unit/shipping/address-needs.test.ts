import { describe, expect, it } from 'vitest';
import { addressSchema } from '../../../shared/kernel/address.ts';
import { printedRegion } from '../../../shared/kernel/places/region.ts';
import {
  type AddressNeeds,
  addressProblems,
  printedAddress,
} from '../../../shared/shipping/address-needs.ts';
import { carriers } from '../../../shared/shipping/carriers/index.ts';
import { address } from '../../builders/details.ts';
import { consignment } from '../../builders/landed-cost.ts';

const needs: AddressNeeds = {
  maxLength: { name: 35, company: 35, line1: 35, line2: 35, city: 30 },
  script: 'latin',
  phone: { express: 'always', standard: 'abroad' },
  regions: ['IT'],
};
const phone = '+493012345678';

function fieldsOf(
  over: Parameters<typeof address>[0],
  {
    service = 'standard',
    shipFrom = 'CN',
    customer = { email: 'a@example.com', phone } as { email: string; phone?: string },
  } = {},
): string[] {
  const parcel = consignment({ carrier: 'pigeon', service, shipFrom });
  const given = { customer, shippingAddress: address(over) };
  const all = addressProblems(
    [{ code: 'pigeon', addressNeeds: needs }],
    { consignments: [parcel, parcel] },
    given,
  );
  return all.map(({ pointer }) => pointer);
}

const romanised = { name: 'Taro Yamada', line1: '1-1 Chiyoda', city: 'Tokyo' };

describe('what a carrier needs of an address', () => {
  it('is nothing more where the address has it', () => {
    expect(fieldsOf({})).toEqual([]);
    expect(fieldsOf({ name: 'Łukasz Ćwiek-Müller', line1: 'Rue de l’Œuf 3, 2ème étage (n° 5)' })).toEqual([]);
  });

  it('is room on the label, to the character', () => {
    expect(fieldsOf({ name: 'x'.repeat(35), city: 'x'.repeat(30) })).toEqual([]);
    expect(fieldsOf({ name: 'x'.repeat(36), line2: 'x'.repeat(100), city: 'x'.repeat(31) })).toEqual([
      '/shippingAddress/name',
      '/shippingAddress/line2',
      '/shippingAddress/city',
    ]);
  });

  it('is a telephone, by service and border', () => {
    const customer = { email: 'a@example.com' };
    expect(fieldsOf({}, { customer })).toEqual(['/customer/phone']);
    expect(fieldsOf({}, { customer, shipFrom: 'PL' })).toEqual([]);
    expect(fieldsOf({}, { customer, shipFrom: 'PL', service: 'express' })).toEqual(['/customer/phone']);
    expect(fieldsOf({}, { customer, service: 'economy' })).toEqual([]);
  });

  it('is a region, in the countries that it names', () => {
    expect(fieldsOf({ country: 'IT' })).toEqual(['/shippingAddress/region']);
    expect(fieldsOf({ country: 'IT', region: 'Lazio' })).toEqual([]);
  });

  it('is Latin letters: of the address, or of its romanised form', () => {
    const japanese = { country: 'JP', name: '山田太郎', line1: '千代田1-1', city: '東京' };
    expect(fieldsOf(japanese)).toEqual(['/shippingAddress/romanised']);
    expect(fieldsOf({ ...japanese, romanised })).toEqual([]);
    expect(fieldsOf({ ...japanese, romanised: { ...romanised, line1: 'x'.repeat(36) } })).toEqual([
      '/shippingAddress/romanised/line1',
    ]);
    expect(fieldsOf({ ...japanese, romanised: { ...romanised, city: '東京' } })).toEqual([
      '/shippingAddress/romanised',
    ]);
  });

  it('is printed in the romanised form, without lines of the other one', () => {
    const given = addressSchema.parse(address({ country: 'JP', name: '山田太郎', line2: '二階', romanised }));
    expect(printedAddress(given, needs)).toMatchObject({ ...romanised, line2: undefined, country: 'JP' });
    expect(printedAddress(given, {}).name).toBe('山田太郎');
    expect(printedAddress(address({ romanised }), needs).name).toBe('Ada Example');
  });

  it('is said by every carrier of the registry, for every service', () => {
    for (const { services, addressNeeds } of carriers)
      expect(Object.keys(addressNeeds.phone).toSorted()).toEqual([...services].toSorted());
  });

  it('a region whose code is a number is printed by its name', () => {
    expect(printedRegion('JP', '13')).toBe('Tokyo');
    expect(printedRegion('MY', '10')).toBe('Selangor');
    expect(printedRegion('US', 'NY')).toBe('NY');
    expect(printedRegion('DE', '07')).toBe('07');
  });
});
