/**
 * Others wrote the same thing at every try. Nothing was written. The caller can send the same request again: a route
 * answers 503 with `Retry-After`, and a message comes again.
 */
export class TooManyWriters extends Error {
  override readonly name = 'TooManyWriters';

  constructor(what: string) {
    super(`${what} is written by too many at once`);
  }
}
