import { SQSClient } from '@aws-sdk/client-sqs';
import { REQUEST_LIMITS } from '../request-limits.ts';

/** A caller waits for the answer, so a call that gets none is given up sooner than others. */
const REQUEST_TIMEOUT_MS = 2_000;

/** A client of queues. By itself the SDK would call the host of a queue's URL, also where queues run elsewhere. */
export const openQueues = () =>
  new SQSClient({
    maxAttempts: 3,
    requestHandler: { ...REQUEST_LIMITS, requestTimeout: REQUEST_TIMEOUT_MS },
    useQueueUrlAsEndpoint: false,
  });
