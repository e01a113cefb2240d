const LIST_SORT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#rpl_[0-9A-Z]{26}$/;

/** The place of an order in its list, opaque to the caller. */
export const writeCursor = (listSort: string): string => Buffer.from(listSort).toString('base64url');

/** The place in a cursor; undefined for a cursor that isn't ours. */
export function readCursor(cursor: string): string | undefined {
  const listSort = Buffer.from(cursor, 'base64url').toString('utf8');
  return LIST_SORT.test(listSort) ? listSort : undefined;
}
