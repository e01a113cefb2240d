import { describe, expect, it } from 'vitest';
import { createMachineSlots } from '../../../infra/local/lambda/machine-slots.ts';

describe('the slots of a machine', () => {
  it('are given to at most that number of calls at once, and then in turn to the waiting calls', () => {
    const slots = createMachineSlots(2);
    const running: string[] = [];
    const ask = (name: string) => {
      if (slots.take('work', () => ask(name))) running.push(name);
    };
    for (const name of ['a', 'b', 'c', 'd', 'c']) ask(name);
    expect(running).toEqual(['a', 'b']);
    expect(slots.areTaken()).toBe(true);
    slots.release('work');
    expect(running).toEqual(['a', 'b', 'c']);
    slots.release('work');
    slots.release('work');
    slots.release('work');
    // Each call waits separately: `c` asked twice and gets two slots.
    expect(running).toEqual(['a', 'b', 'c', 'd', 'c']);
    expect(slots.areTaken()).toBe(false);
  });

  it('skip a call that has nothing to run any more', () => {
    const slots = createMachineSlots(1);
    const asked: string[] = [];
    slots.take('work', () => {});
    slots.take('work', () => void asked.push('takes none'));
    slots.take('work', () => void (slots.take('work', () => {}) && asked.push('takes one')));
    slots.take('work', () => void asked.push('is not asked'));
    slots.release('work');
    expect(asked).toEqual(['takes none', 'takes one']);
  });

  it('go to the lane that uses fewer slots, so that requests and queues both make progress', () => {
    const slots = createMachineSlots(2);
    const running: string[] = [];
    const ask = (lane: 'request' | 'work', name: string) => {
      if (slots.take(lane, () => ask(lane, name))) running.push(name);
    };
    for (const name of ['r1', 'r2', 'r3', 'r4']) ask('request', name);
    for (const name of ['w1', 'w2']) ask('work', name);
    slots.release('request');
    expect(running).toEqual(['r1', 'r2', 'w1']);
    slots.release('work');
    expect(running).toEqual(['r1', 'r2', 'w1', 'w2']);
    slots.release('request');
    expect(running.at(-1)).toBe('r3');
  });
});
