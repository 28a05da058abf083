import { DomainError, Unacceptable } from '../../server/shared/errors.ts';

/** What a call was refused with: the sentence and, of a form, the field beside which it stands; else `nothing`. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Unacceptable) return `${error.field}: ${error.sentence}`;
    if (error instanceof DomainError) return error.sentence;
    throw error;
  }
  return 'nothing';
}
