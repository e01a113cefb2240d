import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../infra/local/front/admission.ts';

describe('the admission of requests', () => {
  it('admits a limited number of requests at once, then the next one, and urgent requests first', async () => {
    const admission = createAdmission({ running: 1, waiting: 3, waitMs: 1_000 });
    const order: string[] = [];
    const leave = await admission.enter(false);
    const waiting = [
      { name: 'quote', isFirst: false },
      { name: 'order', isFirst: true },
    ].map(async ({ name, isFirst }) => {
      const leaveNow = await admission.enter(isFirst);
      order.push(name);
      leaveNow?.();
    });
    leave?.();
    await Promise.all(waiting);
    expect(order).toEqual(['order', 'quote']);
  });

  it('refuses a request at once if the line is full, and after the wait if there is no room', async () => {
    const admission = createAdmission({ running: 1, waiting: 1, waitMs: 20 });
    const leave = await admission.enter(false);
    const inLine = admission.enter(true);
    expect(await admission.enter(true)).toBeUndefined();
    expect(await inLine).toBeUndefined();
    leave?.();
    expect(await admission.enter(false)).toBeTypeOf('function');
  });

  it('refuses the latest of the others if an urgent request finds the line full', async () => {
    const admission = createAdmission({ running: 1, waiting: 2, waitMs: 1_000 });
    const order: string[] = [];
    const leave = await admission.enter(false);
    const enter = async (name: string, isFirst: boolean): Promise<void> => {
      const leaveNow = await admission.enter(isFirst);
      order.push(leaveNow === undefined ? `${name} refused` : name);
      leaveNow?.();
    };
    const waiting = [enter('early quote', false), enter('late quote', false), enter('call', true)];
    await waiting[1];
    expect(order).toEqual(['late quote refused']);
    leave?.();
    await Promise.all(waiting);
    expect(order.slice(1)).toEqual(['call', 'early quote']);
  });

  it('counts a request once even if it leaves twice', async () => {
    const admission = createAdmission({ running: 1, waiting: 1, waitMs: 10 });
    const leave = await admission.enter(false);
    leave?.();
    leave?.();
    expect(await admission.enter(false)).toBeTypeOf('function');
    expect(await admission.enter(false)).toBeUndefined();
  });
});
