import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRate, costOf } from '../../../shared/shipping/carriers/easypost/choose-rate.ts';
import { issuingCountryOfIoss } from '../../../shared/shipping/carriers/easypost/ioss-country.ts';
import { goodsOunces, inches, parcelOunces } from '../../../shared/shipping/carriers/easypost/measures.ts';

describe('ounces and inches', () => {
  it.each([
    [1, 0.1],
    [28, 1],
    [29, 1.1],
    [420, 14.9],
    [454, 16.1],
    [30_000, 1058.3],
  ])('%i g of a parcel are %d oz, rounded up', (grams, ounces) => {
    expect(parcelOunces(grams)).toBe(ounces);
  });

  it.each([
    [1, 0.1],
    [29, 1],
    [420, 14.8],
  ])('%i g of goods are %d oz, rounded down', (grams, ounces) => {
    expect(goodsOunces(grams)).toBe(ounces);
  });

  it.each([
    [254, 10],
    [255, 10.1],
    [1, 0.1],
    [300, 11.9],
  ])('%i mm are %d in, rounded up', (mm, expected) => {
    expect(inches(mm)).toBe(expected);
  });

  it('goods never outweigh the parcel that they lie in, and no more than a tenth is added', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 20_000 }), { minLength: 1, maxLength: 10 }), (grams) => {
        const total = grams.reduce((sum, one) => sum + one, 0);
        const tenths = (ounces: number) => Math.round(ounces * 10);
        const goods = grams.reduce((sum, one) => sum + tenths(goodsOunces(one)), 0);
        expect(goods).toBeLessThanOrEqual(tenths(parcelOunces(total)));
        expect(parcelOunces(total) * 28.349523125).toBeGreaterThanOrEqual(total - 1e-6);
        expect(parcelOunces(total) * 28.349523125 - total).toBeLessThan(2.84);
      }),
    );
  });
});

describe('the rate for a service', () => {
  const rate = (carrier: string, service: string, price: string, days: number | null, currency = 'USD') => ({
    id: `rate_${service}`,
    carrier,
    service,
    rate: price,
    currency,
    delivery_days: days,
  });
  const rates = [
    rate('USPS', 'Priority', '7.90', 3),
    rate('DHLExpress', 'Worldwide', '42.90', 1),
    rate('USPS', 'Ground', '4.20', 5),
    rate('UPS', 'NextDay', '38.00', 1),
  ];
  const chosen = (service: string, table = {}) => chooseRate(rates, service, table)?.service;

  it('economy is the cheapest, express the fastest (the cheaper of two), standard the middle one', () => {
    expect([chosen('economy'), chosen('standard'), chosen('express')]).toEqual([
      'Ground',
      'Priority',
      'NextDay',
    ]);
  });

  it('is the settings’ choice where they name the service, in their order', () => {
    const table = {
      express: [
        { carrier: 'FedEx', service: 'Worldwide' },
        { carrier: 'DHLExpress', service: 'Worldwide' },
      ],
    };
    expect(chosen('express', table)).toBe('Worldwide');
    expect(chosen('express', { express: [{ carrier: 'FedEx', service: 'Worldwide' }] })).toBeUndefined();
  });

  it('no rate is chosen for an unknown service, or from an empty list', () => {
    expect(chosen('by balloon')).toBeUndefined();
    expect(chosen('constructor')).toBeUndefined();
    expect(chooseRate([], 'standard', {})).toBeUndefined();
  });

  it('passes over rates whose price it cannot account for', () => {
    const odd = [
      rate('A', 'Shells', '1.00', 1, 'XXX'),
      rate('B', 'Thirds', '1.333', 1),
      rate('C', 'Fine', '9.00', 9),
    ];
    expect(chooseRate(odd, 'economy', {})?.service).toBe('Fine');
  });

  it.each([
    ['7.90', 'USD', 790],
    ['7.90000', 'USD', 790],
    ['7', 'USD', 700],
    ['500', 'JPY', 500],
    ['500.00', 'JPY', 500],
    ['100', 'USD', 10_000],
    ['7.905', 'USD', undefined],
    ['7,90', 'USD', undefined],
  ])('%s %s is %s in minor units', (price, currency, minor) => {
    expect(costOf(rate('A', 'B', price, 1, currency))?.amountMinor).toBe(minor);
  });
});

describe('the member state that issued an IOSS number', () => {
  it('is read from its digits', () => {
    expect(issuingCountryOfIoss('IM2760000001')).toBe('DE');
    expect(issuingCountryOfIoss('IM0400000001')).toBe('AT');
  });

  it.each(['IM8260000001', 'IM276', 'DE2760000001', ''])('is none of %s', (number) => {
    expect(() => issuingCountryOfIoss(number)).toThrow(/IOSS/);
  });
});
