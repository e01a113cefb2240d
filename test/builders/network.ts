import type * as z from 'zod';
import { type Warehouse, warehouseSchema } from '../../shared/catalogue/index.ts';
import { type Lane, laneSchema } from '../../shared/freight/index.ts';
import { type RateCard, rateCardSchema } from '../../shared/freight/rate-card.ts';

/** A rate card of one zone in euros: 5.00 up to 500 g, and 1.00 for each further half kilogram begun. */
export function rateCard(over: Partial<z.input<typeof rateCardSchema>> = {}): RateCard {
  return rateCardSchema.parse({
    rateCardId: 'card',
    currency: 'EUR',
    validFrom: '2025-01-01',
    maxWeightGrams: 30_000,
    zones: [
      {
        zone: 'all',
        weightBreaks: [{ upToGrams: 500, priceMinor: 500 }],
        additionalStep: { stepGrams: 500, priceMinor: 100 },
      },
    ],
    ...over,
  });
}

/** A lane by road to Germany that always takes two days. */
export function lane(over: Partial<z.input<typeof laneSchema>> = {}): Lane {
  return laneSchema.parse({
    ...{ service: 'standard', carrier: 'easypost', channel: 'courier', mode: 'road', countries: ['DE'] },
    rateCards: [rateCard()],
    transit: { days: [{ days: 2, share: 10_000 }] },
    ...over,
  });
}

/** A warehouse in Poland that works on weekdays from 08:00 to 20:00, with its cut-off at 14:00. */
export function warehouse(over: Partial<z.input<typeof warehouseSchema>> = {}): Warehouse {
  return warehouseSchema.parse({
    warehouseId: 'pl-poznan',
    name: 'Warehouse',
    address: {
      name: 'Warehouse',
      line1: 'ul. Magazynowa 12',
      city: 'Poznań',
      postalCode: '60-101',
      country: 'PL',
    },
    timeZone: 'Europe/Warsaw',
    cutOffTime: '14:00',
    workingDays: [1, 2, 3, 4, 5],
    handlingHours: 4,
    system: 'wms',
    active: true,
    lanes: [],
    ...over,
  });
}
