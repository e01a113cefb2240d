/** The documentation of a route beyond its contract. */
export interface RouteDoc {
  /** Markdown. It is shown below the route's summary. */
  readonly description?: string;
  /**
   * The path and query parameters of the example, by name. An id such as `quo_01KAXB3J5K0000000000000000` stands for
   * an id from an earlier call.
   */
  readonly values?: Readonly<Record<string, string>>;
  /** Bodies that the sample shop accepts, by name. A test sends each of them. */
  readonly bodies?: Readonly<Record<string, { readonly summary: string; readonly body: unknown }>>;
}
