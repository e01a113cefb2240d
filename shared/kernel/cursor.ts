/** The place where a page of a list ended, opaque to the caller. */
export const cursorAt = (place: string): string => Buffer.from(place).toString('base64url');

/** The place in a cursor of ours, if it has the form of the list's places; undefined for any other text. */
export function placeIn(cursor: string, form: RegExp): string | undefined {
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  return form.test(place) && cursorAt(place) === cursor ? place : undefined;
}
