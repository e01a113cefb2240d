import { describe, expect, it } from 'vitest';
import { idleBill, sumOf } from '../bench/idle.ts';
import { synthesise } from './synthesise.ts';

describe('a stage without orders', () => {
  it.each(['sandbox', 'production'] as const)('costs at most 10 US dollars a month: %s', (stage) => {
    const { resources } = synthesise(stage);
    const sum = sumOf(idleBill(Object.values(resources)));
    expect(sum).toBeGreaterThan(4_000_000);
    expect(sum).toBeLessThanOrEqual(10_000_000);
  });

  it('is billed by what its template has', () => {
    const alarm = (Properties: Record<string, unknown>) => ({ Type: 'AWS::CloudWatch::Alarm', Properties });
    const bill = idleBill([
      alarm({ MetricName: 'Errors' }),
      alarm({ MetricName: 'Throttles' }),
      alarm({ MetricName: 'IteratorAge' }),
      { Type: 'AWS::CloudWatch::Dashboard' },
      { Type: 'AWS::KMS::Key' },
      { Type: 'AWS::SecretsManager::Secret' },
      { Type: 'AWS::Lambda::EventSourceMapping', Properties: { BatchSize: 5 } },
      { Type: 'AWS::Lambda::EventSourceMapping', Properties: { StartingPosition: 'TRIM_HORIZON' } },
    ]);
    // 3 alarms at 0.10, a dashboard at 3, a key at 1, a secret at 0.40. A queue has 5 pollers, each with 3 requests a
    // minute: 5 x 3 x 43,200 minutes = 648,000 requests, at 0.40 for a million 0.2592. A stream is read without charge.
    expect(sumOf(bill)).toBe(300_000 + 3_000_000 + 1_000_000 + 400_000 + 259_200);
  });
});
