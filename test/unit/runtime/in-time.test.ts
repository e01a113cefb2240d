import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { inTime } from '../../../shared/runtime/in-time.ts';

const context = (remainingMs: number) => ({ getRemainingTimeInMillis: () => remainingMs }) as Context;

describe('an invocation', () => {
  it('gives its answer', async () => {
    await expect(inTime(context(1_000), async () => 'answer')).resolves.toBe('answer');
  });

  it('fails with its own error', async () => {
    await expect(inTime(context(1_000), () => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
  });

  it('fails by itself before Lambda would end it', async () => {
    const ended = new Promise((resolve) => setTimeout(() => resolve('ended by Lambda'), 60));
    const never = inTime(context(60), () => new Promise(() => {}));
    await expect(Promise.race([never, ended])).rejects.toThrow('reached its time limit');
  });
});
