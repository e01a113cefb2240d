import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRate, costOf } from '../../../shared/shipping/carriers/easypost/choose-rate.ts';
import { issuingCountryOfIoss } from '../../../shared/shipping/carriers/easypost/ioss-country.ts';
import { goodsOunces, inches, parcelOunces } from '../../../shared/shipping/carriers/easypost/measures.ts';

describe('weights in ounces and lengths in inches', () => {
  it.each([
    [1, 0.1],
    [28, 1],
    [29, 1.1],
    [420, 14.9],
    [454, 16.1],
    [30_000, 1058.3],
  ])('are rounded up for a parcel: %i g are %d oz', (grams, ounces) => {
    expect(parcelOunces(grams)).toBe(ounces);
  });

  it.each([
    [1, 0.1],
    [29, 1],
    [420, 14.8],
  ])('are rounded down for goods: %i g are %d oz', (grams, ounces) => {
    expect(goodsOunces(grams)).toBe(ounces);
  });

  it.each([
    [254, 10],
    [255, 10.1],
    [1, 0.1],
    [300, 11.9],
  ])('are rounded up for sides: %i mm are %d in', (mm, expected) => {
    expect(inches(mm)).toBe(expected);
  });

  it('are never larger for the goods than for their parcel, and at most a tenth is added', () => {
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

describe('the rate for a service of ours', () => {
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

  it('is the cheapest for economy, the fastest for express, and the middle price for standard', () => {
    expect([chosen('economy'), chosen('standard'), chosen('express')]).toEqual([
      'Ground',
      'Priority',
      'NextDay',
    ]);
  });

  it('is chosen by the settings if they name the service, in their order', () => {
    const table = {
      express: [
        { carrier: 'FedEx', service: 'Worldwide' },
        { carrier: 'DHLExpress', service: 'Worldwide' },
      ],
    };
    expect(chosen('express', table)).toBe('Worldwide');
    expect(chosen('express', { express: [{ carrier: 'FedEx', service: 'Worldwide' }] })).toBeUndefined();
  });

  it('does not exist for an unknown service or an empty list', () => {
    expect(chosen('by balloon')).toBeUndefined();
    expect(chosen('constructor')).toBeUndefined();
    expect(chooseRate([], 'standard', {})).toBeUndefined();
  });

  it('is never a rate whose price cannot be booked', () => {
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
  it('is read from the digits of the number', () => {
    expect(issuingCountryOfIoss('IM2760000001')).toBe('DE');
    expect(issuingCountryOfIoss('IM0400000001')).toBe('AT');
  });

  it.each(['IM8260000001', 'IM276', 'DE2760000001', ''])('is not found for %s', (number) => {
    expect(() => issuingCountryOfIoss(number)).toThrow(/IOSS/);
  });
});
