import { folderOf } from '../../events/names.ts';
import type { TriggerEntry } from '../../events/triggers.ts';

/**
 * The folders of functions that have a stack of their own, and its name. Two folders may share one. The functions of
 * all other folders are in the stack of the journey. CloudFormation takes 500 resources in a stack.
 */
export const ownStacks = {
  replenishment: 'Replenishment',
  setup: 'Setup',
  catalogue: 'Setup',
  stock: 'Setup',
} as const satisfies Readonly<Record<string, string>>;

type Folder = keyof typeof ownStacks;
/** The name of a stack that has the functions of some folders. */
export type OwnStack = (typeof ownStacks)[Folder];

/** The stacks of single folders, in the order of the table. */
export const ownStackNames: readonly OwnStack[] = [...new Set(Object.values(ownStacks))];

/** The stack that has a function: one of a folder, or undefined for the stack of the journey. */
export function ownStackOf([id]: TriggerEntry): OwnStack | undefined {
  const folder = folderOf(id);
  return folder in ownStacks ? ownStacks[folder as Folder] : undefined;
}
