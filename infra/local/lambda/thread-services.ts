import type { ThreadCall } from './thread-http-handler.ts';

/** The answer of a service. */
export interface ServiceAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

/** A call of a function to a service. */
interface ServiceCall {
  /** The path of the address, such as `/worker-1/`. */
  readonly path: string;
  /** The operation with its API, such as `DynamoDB_20120810.GetItem`. */
  readonly target: string;
  /** The input as JSON. */
  readonly text: string;
}

/** Answers a call as over HTTP; undefined where the connection would break without an answer. Never rejects. */
export type Service = (call: ServiceCall) => Promise<ServiceAnswer | undefined>;

/** The services of this machine that threads of functions call by messages. */
export interface ThreadServices {
  /** Adds the service that also listens at this address. */
  add(url: string, service: Service): void;
  /** Answers a call of a thread; undefined where no service has the port of the call. */
  answer(call: ThreadCall): Promise<ServiceAnswer | undefined>;
}

/** Makes the list of services, which are known by the ports of their addresses. */
export function createThreadServices(): ThreadServices {
  const services = new Map<number, Service>();
  return {
    add: (url, service) => void services.set(Number(new URL(url).port), service),
    answer: async ([, port, path, target, text]) => services.get(port)?.({ path, target, text }),
  };
}
