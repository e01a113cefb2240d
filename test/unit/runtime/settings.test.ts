import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../shared/runtime/settings.ts';

const environment = { TABLE_NAME: 'table', BUS_NAME: 'bus', STAGE: 'test' };

describe('the settings of a function', () => {
  it('are read from its environment', () => {
    expect(
      readSettings({ ...environment, BUILD: '1.2.3', PUBLISH_ALL_FACTS: 'true', PERIOD_SECONDS: '60' }),
    ).toEqual(
      expect.objectContaining({
        tableName: 'table',
        busName: 'bus',
        stage: 'test',
        build: '1.2.3',
        publishesAllFacts: true,
        periodSeconds: 60,
      }),
    );
    expect(readSettings(environment)).toMatchObject({
      build: 'unknown',
      publishesAllFacts: false,
      periodSeconds: undefined,
    });
  });

  it.each([
    [{ TABLE_NAME: '' }, 'TABLE_NAME'],
    [{ STAGE: undefined, BUS_NAME: undefined }, 'BUS_NAME, STAGE'],
    [{ PUBLISH_ALL_FACTS: 'yes' }, 'PUBLISH_ALL_FACTS'],
    [{ PERIOD_SECONDS: '0' }, 'PERIOD_SECONDS'],
    [{ PERIOD_SECONDS: '1.5' }, 'PERIOD_SECONDS'],
  ])('are refused with %j, by name', (changed, names) => {
    expect(() => readSettings({ ...environment, ...changed })).toThrow(`in the environment: ${names}`);
  });
});
