/** The part of autocannon 9 that the bench uses; it brings no types. */
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    /** In seconds. */
    duration: number;
    headers?: Record<string, string>;
    /** How long an answer is waited for, in seconds. */
    timeout?: number;
  }
  interface Result {
    /** In seconds. */
    duration: number;
    non2xx: number;
    errors: number;
  }
  interface Run extends Promise<Result> {
    on(
      event: 'response',
      listen: (client: unknown, status: number, bytes: number, latencyMs: number) => void,
    ): void;
  }
  export default function autocannon(options: Options): Run;
}
