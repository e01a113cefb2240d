/** The documentation of a route besides its contract. */
export interface RouteDoc {
  /** Markdown, below the line with the route's summary. */
  readonly description?: string;
  /**
   * The example's path and query parameters, by name. An id such as `quo_01KAXB3J5K0000000000000000` represents one
   * from an earlier call.
   */
  readonly values?: Readonly<Record<string, string>>;
  /** Bodies that the demo shop takes, by name; a test sends each of them. */
  readonly bodies?: Readonly<Record<string, { readonly summary: string; readonly body: unknown }>>;
}
