import { describe, expect, it } from 'vitest';
import { keepFor } from '../../../../shared/replenishment/run/keep-for.ts';

function counted(isFailing: (times: number) => boolean = () => false) {
  let [times, at] = [0, 0];
  const read = async () => {
    times += 1;
    if (isFailing(times)) throw new Error('the table did not answer');
    return times;
  };
  const kept = keepFor(read, { milliseconds: 60_000, clock: () => new Date(at) });
  return { kept, pass: (milliseconds: number) => (at += milliseconds) };
}

describe('a reading that is kept', () => {
  it('is made once in its time, also by calls at once, and again after it', async () => {
    const { kept, pass } = counted();
    expect(await Promise.all([kept(), kept()])).toEqual([1, 1]);
    pass(59_999);
    expect(await kept()).toBe(1);
    pass(1);
    expect(await kept()).toBe(2);
  });

  it('is not kept when it fails', async () => {
    const { kept } = counted((times) => times === 1);
    await expect(kept()).rejects.toThrow('the table did not answer');
    expect(await kept()).toBe(2);
  });
});
