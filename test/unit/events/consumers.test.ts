import { describe, expect, it } from 'vitest';
import { consumersOf, ownersOf } from '../../../events/consumers.ts';
import { triggerList } from '../../../events/triggers.ts';
import { isWanted } from '../../../events/wanted-fact.ts';
import { booked, placed, released } from '../../builders/facts.ts';

describe('the consumers of a fact', () => {
  it('are the functions that wait for its name', () => {
    expect(consumersOf(booked())).toEqual(['6-customs/on-parcel-booked']);
    expect(consumersOf(placed())).toEqual([]);
  });

  it('of a release are booking, clearance and dispatch when a person releases, and not when the rules do', () => {
    expect(consumersOf(released('rules'))).toEqual(['3-payment/on-screening-released']);
    expect(consumersOf(released('operator'))).toEqual([
      '3-payment/on-screening-released',
      '5-shipping/on-payment-captured',
      '6-customs/on-parcel-booked',
      '7-warehouse/on-parcel-cleared',
    ]);
  });

  it('of a release by the rules is booking too, if the payment was captured before: no capture follows', () => {
    const { data, ...fact } = released('rules');
    expect(consumersOf({ ...fact, data: { ...data, payment: 'captured' } })).toEqual([
      '3-payment/on-screening-released',
      '5-shipping/on-payment-captured',
    ]);
  });
});

describe('a wanted fact', () => {
  it('needs every field that is named to have one of its values', () => {
    const byOperator = { name: 'screening.released', where: { by: ['operator'] } } as const;
    expect(isWanted(byOperator, released('operator'))).toBe(true);
    expect(isWanted(byOperator, released('rules'))).toBe(false);
    expect(isWanted(byOperator, booked())).toBe(false);
  });
});

describe('the owner of a late step', () => {
  it('is one function for each step', () => {
    const steps = triggerList.flatMap(([, trigger]) =>
      trigger.kind === 'queue' ? (trigger.work ?? []) : [],
    );
    expect(steps.map((step) => ownersOf(step).length)).toEqual(steps.map(() => 1));
    expect(ownersOf('capture')).toEqual(['3-payment/on-screening-released']);
  });
});
