import { describe, expect, it } from 'vitest';
import { createMachineSlots } from '../../../infra/local/lambda/machine-slots.ts';

describe('the slots of a machine', () => {
  it('are given to at most that many at once, and in turn to those that wait', () => {
    const slots = createMachineSlots(2);
    const running: string[] = [];
    const ask = (name: string) => {
      if (slots.take(() => ask(name))) running.push(name);
    };
    for (const name of ['a', 'b', 'c', 'd', 'c']) ask(name);
    expect(running).toEqual(['a', 'b']);
    expect(slots.areTaken()).toBe(true);
    slots.release();
    expect(running).toEqual(['a', 'b', 'c']);
    slots.release();
    slots.release();
    slots.release();
    // Each call waits for itself: `c` asked twice and gets two slots.
    expect(running).toEqual(['a', 'b', 'c', 'd', 'c']);
    expect(slots.areTaken()).toBe(false);
  });

  it('pass over one that has nothing to run any more', () => {
    const slots = createMachineSlots(1);
    const asked: string[] = [];
    slots.take(() => {});
    slots.take(() => void asked.push('takes none'));
    slots.take(() => void (slots.take(() => {}) && asked.push('takes one')));
    slots.take(() => void asked.push('is not asked'));
    slots.release();
    expect(asked).toEqual(['takes none', 'takes one']);
  });
});
