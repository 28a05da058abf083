import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../shared/errors.ts';

/** How often one computer (a whole office or canteen may share its address) may ask within so many seconds. */
export interface Rate {
  points: number;
  duration: number;
}

/** A limit that every application counts for itself. */
export function rateLimit(rate: Rate) {
  const limiters = new WeakMap<object, RateLimiterMemory>();
  const limiterOf = ({ app }: Request): RateLimiterMemory => {
    const limiter = limiters.get(app) ?? new RateLimiterMemory(rate);
    limiters.set(app, limiter);
    return limiter;
  };
  return {
    /** Counts this request. @throws DomainError 429 when there were too many */
    count: async (req: Request): Promise<void> => {
      await limiterOf(req)
        .consume(req.ip ?? '')
        .catch((refusal: unknown) => {
          throw refusal instanceof RateLimiterRes ? new DomainError(429, 'errors.tooManyRequests') : refusal;
        });
    },
    /** Takes the request out of the count again. */
    forgive: async (req: Request): Promise<void> => {
      await limiterOf(req).reward(req.ip ?? '');
    },
  };
}
