import { connect, type Socket } from 'node:net';
import { readMessages } from './read-messages.ts';

/** An answer of the engine. */
export interface EngineAnswer {
  /** The HTTP status. */
  readonly status: number;
  readonly body: Buffer;
}

/** Keep-alive connections to the table engine. */
export interface EngineClient {
  /** Sends one request with this JSON. Rejects when the connection breaks before the answer. */
  send(target: string, text: string): Promise<EngineAnswer>;
  /**
   * Calls an operation, such as `DynamoDB_20120810.DescribeTable`. Rejects with an EngineError when the engine
   * refuses.
   */
  call<Answer>(target: string, input: object): Promise<Answer>;
  close(): void;
}

/** A refusal by the engine. Its name is the name of the AWS error, such as `ResourceNotFoundException`. */
export class EngineError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type.slice(type.lastIndexOf('#') + 1);
  }
}

interface Connection {
  readonly socket: Socket;
  current?: { resolve(answer: EngineAnswer): void; reject(error: Error): void } | undefined;
}

/** Makes the client. It connects at the first call. */
export function createEngineClient(host: string, port: number, region: string): EngineClient {
  const idle: Connection[] = [];
  const open = new Set<Connection>();
  // Emulators check that a request has a signature. They check neither the signer nor the date.
  const head =
    ` HTTP/1.1\r\nHost: ${host}:${port}\r\nContent-Type: application/x-amz-json-1.0\r\n` +
    'X-Amz-Date: 20260101T000000Z\r\n' +
    `Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, ` +
    'SignedHeaders=host;x-amz-date, Signature=local\r\n';

  function openConnection(): Connection {
    const socket = connect({ host, port, noDelay: true });
    const connection: Connection = { socket };
    const read = readMessages(({ head: answerHead, body }) => {
      const { current } = connection;
      connection.current = undefined;
      idle.push(connection);
      current?.resolve({ status: Number(answerHead.slice(9, 12)), body });
    });
    const broken = (error: Error): void => {
      open.delete(connection);
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
      connection.current?.reject(error);
      connection.current = undefined;
      socket.destroy();
    };
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk);
      } catch (error) {
        broken(error as Error);
      }
    });
    socket.on('error', broken);
    socket.on('close', () => broken(new Error('the table engine closed the connection')));
    open.add(connection);
    return connection;
  }

  function send(target: string, text: string): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      const connection = idle.pop() ?? openConnection();
      connection.current = { resolve, reject };
      // One text is one write of the system: head and body on their own cost half as much again.
      const length = Buffer.byteLength(text);
      connection.socket.write(
        `POST /${head}X-Amz-Target: ${target}\r\nContent-Length: ${length}\r\n\r\n${text}`,
      );
    });
  }

  return {
    send,
    call: async (target, input) => {
      const { status, body } = await send(target, JSON.stringify(input));
      const answer = JSON.parse(body.toString());
      if (status !== 200)
        throw new EngineError(answer.__type ?? 'Unknown', answer.message ?? answer.Message ?? '');
      return answer;
    },
    close: () => {
      for (const { socket } of open) socket.destroy();
    },
  };
}
