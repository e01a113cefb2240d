/** What the documentation says of a route besides its contract. */
export interface RouteDoc {
  /** Markdown, below the line that says what the route does. */
  readonly description?: string;
  /**
   * What the example sends in the path and the query, by name. An id such as `quo_01KAXB3J5K0000000000000000` stands
   * for one that an earlier call gave.
   */
  readonly values?: Readonly<Record<string, string>>;
  /** Bodies that the demo shop takes, by name; a test sends each of them. */
  readonly bodies?: Readonly<Record<string, { readonly summary: string; readonly body: unknown }>>;
}
