import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import type { Cloud } from '../cloud.ts';
import type { GuideShell } from './guide-shell.ts';

/** Somebody who follows the guide: the shell, the cloud, and what is known so far. */
export interface Walk {
  readonly cloud: Cloud;
  readonly shell: GuideShell;
  /** The folder in which the commands run. */
  readonly folder: string;
  /** Texts of the guide that stand for values of the reader, with the values: `<account>`. */
  readonly values: Map<string, string>;
  /** The address at which MiniStack answers for an API of this id. */
  apiAt(id: string): string;
  /** Starts the sandboxes of the partners, whose webhooks go to `api`. */
  startPartners(api: string): Promise<Partners>;
}

/** A command of the guide, and what the check does with it. */
export interface PlannedCommand {
  /** The beginning of the command in the guide. */
  readonly begins: string;
  /** Why it can't run here. Otherwise it runs. */
  readonly notHere?: string;
  /** A line of the block that can't run here, and why. The others run. */
  readonly without?: { readonly line: string; readonly why: string };
  /** It runs once for each of these, with these texts in the place of others. Once as it is if absent. */
  readonly runs?: readonly Readonly<Record<string, string>>[];
  /** Words at its end: an answer that nobody is there to give. */
  readonly adds?: string;
  /** What the guide takes for granted before the command. */
  readonly before?: (walk: Walk) => Promise<void>;
  /** Says what came of it. Throws an Error if it is not what the guide promises. */
  readonly gives?: (printed: string, walk: Walk) => string | Promise<string>;
}

/** The value that a text of the guide stands for. Throws if no earlier command gave one. */
export function readerValue({ values }: Walk, text: string): string {
  const value = values.get(text);
  if (value === undefined) throw new Error(`nothing has given a value for ${text}`);
  return value;
}

/** Throws unless `found` holds for the printed text. */
export function promise(holds: boolean, what: string, printed: string): void {
  if (!holds) throw new Error(`${what}; it printed: ${printed.trim().slice(-800)}`);
}
