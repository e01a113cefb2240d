import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { type TransactItem, transact } from '../transaction.ts';

const MAX_ATTEMPTS = 10;

/**
 * Writes items without conditions, all of them or none, and again while another transaction writes one of them. Throws
 * TooManyWriters, with what was to be written, after ten tries.
 */
export async function writeTogether(table: Table, items: TransactItem[], what: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome === 'written') return;
    await backOff(attempt);
  }
  throw new TooManyWriters(what);
}
