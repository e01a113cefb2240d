import { describe, expect, it } from 'vitest';
import { specialTerritory } from '../../../shared/duties/index.ts';

describe('territories with rules of their own', () => {
  it.each([
    ['GB', 'BT1 1AA', 'Northern Ireland'],
    ['GB', 'je2 3ab', 'Jersey'],
    ['ES', '35001', 'the Canary Islands'],
    ['FR', '97110', 'the French overseas departments'],
    ['PT', '9500-321', 'the Azores'],
    ['FI', '22100', 'Åland'],
    ['NO', '9170', 'Svalbard'],
    ['NO', '8099', 'Jan Mayen'],
    ['CH', '7563', 'Samnaun'],
    ['AU', '2899', 'Norfolk Island'],
    ['AU', '6798', 'Christmas Island and the Cocos Islands'],
    ['MY', '87000', 'Labuan'],
    ['MY', '07000', 'Langkawi'],
    ['ID', '29411', 'Batam'],
  ])('%s %s belongs to %s', (country, postalCode, name) => {
    expect(specialTerritory({ country, postalCode })).toBe(name);
  });

  it.each([
    ['GB', 'B1 1AA'],
    ['GB', 'SW1A 1AA'],
    ['ES', '28001'],
    ['FR', '75001'],
    ['FR', '98000'],
    ['PT', '1000-001'],
    ['FI', '00100'],
    ['DE', '35001'],
    ['NO', '9180'],
    ['CH', '7560'],
    ['AU', '2900'],
    ['MY', '08000'],
    ['DE', undefined],
  ])('%s %s belongs to none', (country, postalCode) => {
    expect(specialTerritory({ country, postalCode })).toBeUndefined();
  });
});
