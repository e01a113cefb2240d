import { openTable, type Table } from '../../aws/clients.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

/** The table of this deployment. All stores of a function share its client, and its connection. */
export const ownTable: () => Table = once(() => openTable(readSettings().tableName));
