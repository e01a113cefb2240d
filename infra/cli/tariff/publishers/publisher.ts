import type { ScheduleHeader, ScheduleLine } from '../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../shared/kernel/time.ts';

/** A file as its publisher gives it, read from disk. */
export interface PublishedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A rate whose text is no rate that we can compute. Its line is in the edition, without a rate, so that the goods are
 * refused and do not take the rate of a shorter code.
 */
export interface Unparsed {
  readonly code: string;
  readonly text: string;
  /** Why, in words. The same reason is the same text. */
  readonly reason: string;
}

export interface ReadLines {
  readonly lines: readonly ScheduleLine[];
  readonly unparsed: readonly Unparsed[];
  /** The number of rows in the files, those without a rate included. */
  readonly read: number;
}

/** A form in which a publisher gives a tariff. */
export interface Publisher {
  /** As the command line names it: `us-hts`. */
  readonly name: string;
  /** The list of rates, as rules name it: `us`. */
  readonly tariff: string;
  /** What it is and where it is published, for the help. */
  readonly title: string;
  /** What the header of an edition says, unless the command line says otherwise. */
  readonly header: Pick<
    ScheduleHeader,
    'hs' | 'law' | 'provenance' | 'confidence' | 'averages' | 'agreements'
  >;
  /**
   * Reads the rates that hold on a day, where the files have rates of several days. Throws an Error with one line per
   * problem if a file does not have the form.
   */
  read(files: readonly PublishedFile[], on: CalendarDate): ReadLines;
}
