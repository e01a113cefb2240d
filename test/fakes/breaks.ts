import { PartnerUnavailable } from '../../shared/partners/send.ts';

/** How a call fails: before it had an effect, after it, or with an answer from before the latest change. */
export type Break = 'no-answer' | 'lost-answer' | 'lagging';

/** Calls to partners that fail once, or during which something else happens. */
export interface Breaks {
  breakNext(call: string, how: Break): void;
  /** Happens once, while the next such call is on its way: before it has its effect. */
  duringNext(call: string, happen: () => Promise<void>): void;
  /** The call under that name. `lagging` is the answer of a partner that does not show the latest change yet. */
  through<Args extends readonly unknown[], Answer>(
    call: string,
    act: (...args: Args) => Promise<Answer>,
    lagging?: () => Answer,
  ): (...args: Args) => Promise<Answer>;
}

export function createBreaks(): Breaks {
  const broken = new Map<string, Break>();
  const interludes = new Map<string, () => Promise<void>>();
  const take = <Value>(from: Map<string, Value>, call: string): Value | undefined => {
    const value = from.get(call);
    from.delete(call);
    return value;
  };
  return {
    breakNext: (call, how) => broken.set(call, how),
    duringNext: (call, happen) => interludes.set(call, happen),
    through:
      (call, act, lagging) =>
      async (...args) => {
        const how = take(broken, call);
        const happen = take(interludes, call);
        if (how === 'no-answer') throw new PartnerUnavailable('fake', 'no answer');
        await happen?.();
        if (how === 'lagging' && lagging !== undefined) return lagging();
        const answer = await act(...args);
        if (how === 'lost-answer') throw new PartnerUnavailable('fake', 'no answer');
        return answer;
      },
  };
}
