import type { ScheduleHeader } from '../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../shared/kernel/time.ts';
import type { OperatorOptions } from '../client/operator-options.ts';

/** What the command line says of an edition. What it leaves out is known of the publisher. */
export interface EditionOptions {
  readonly files: readonly string[];
  /** The name of the publisher's form. */
  readonly as: string;
  /** The publisher's name of the edition, or its day. */
  readonly edition: string;
  /** Undefined: the day that the edition's name says. */
  readonly validFrom: CalendarDate | undefined;
  /** Undefined: the first day. */
  readonly knownTo: CalendarDate | undefined;
  readonly tariff: string | undefined;
  readonly hs: ScheduleHeader['hs'] | undefined;
  readonly law: string | undefined;
  readonly source: string | undefined;
  readonly review: string | undefined;
  /** Codes whose rates are known to be wrong: their lines get none. */
  readonly leaveOut: readonly string[];
  readonly listUnparsed: boolean;
}

export interface ConvertOptions extends EditionOptions {
  readonly out: string | undefined;
}

export interface ImportOptions extends EditionOptions, OperatorOptions {
  readonly dryRun: boolean;
  readonly yes: boolean;
}
