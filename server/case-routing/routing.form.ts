import { RETURN_REASONS } from '../hotline/ticket.rules.ts';
import { DomainError, type FieldError } from '../shared/errors.ts';
import {
  checkbox,
  optionalInteger,
  optionalText,
  readForm,
  requiredInteger,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { readDesk, type Answers, type DeskKey, type RouteChoice } from './proposal.rules.ts';
import type { Confirmation } from './routing.service.ts';

const MOST_TICKS = 50;
const MOST_HITS = 200;
const version = requiredInteger(0, 999_999_999);

/** The ticked rows of the routing table, none to fifty. @throws DomainError 400 for what no such form holds */
export function readTicks(fields: Posted): Confirmation[] {
  return manyTexts(fields['tickets'], MOST_TICKS).map((text) => {
    const [ticketId, shown = '', ...seen] = text.split(':');
    const desk = readDesk(seen.join(':'));
    if (!isId(ticketId) || !/^\d{1,9}$/.test(shown) || !desk) throw new DomainError(400, 'errors.badRequest');
    return { ticketId, version: Number(shown), seen: desk };
  });
}

/** What a dispatcher decides about one ticket or case. */
export interface PostedRoute {
  version: number;
  choice: RouteChoice;
}

export function readRoute(fields: Posted): FormResult<PostedRoute> {
  const form = readForm(
    {
      version,
      enterprise: optionalText(200),
      workers: optionalInteger(1, 99_999),
      consent: checkbox(),
      desk: optionalText(80),
      seen: optionalText(80),
      reason: optionalText(500),
    },
    fields,
  );
  if (!form.ok) return form;
  const { enterprise, workers, consent, desk, seen, reason } = form.values;
  return {
    ok: true,
    values: {
      version: form.values.version,
      choice: {
        enterprise,
        workers,
        enterpriseConsent: consent,
        keptHits: manyTexts(fields['hits'], MOST_HITS),
        desk: deskOrRefuse(desk),
        seen: deskOrRefuse(seen),
        reason,
      },
    },
  };
}

/** The answers by which the proposal is shown again; an enterprise that was not found is left out of it. */
export function answersIn({ values, errors }: { values: Posted; errors: FieldError[] }): Answers {
  const read = readRoute(values);
  if (!read.ok) return {};
  const { enterprise, ...answers } = read.values.choice;
  return errors.some(({ field }) => field === 'enterprise') ? answers : { ...answers, enterprise };
}

/** A change of mediator: where to and why must be said. */
export function readReassignment(
  fields: Posted,
): FormResult<PostedRoute & { choice: { desk: DeskKey; reason: string } }> {
  const form = readForm({ desk: requiredText(80), reason: requiredText(500) }, fields);
  if (!form.ok) return form;
  const route = readRoute(fields);
  if (!route.ok) return route;
  const { reason } = form.values;
  const choice = { ...route.values.choice, desk: deskOrRefuse(form.values.desk)!, reason };
  return { ok: true, values: { version: route.values.version, choice } };
}

export function readLink(fields: Posted) {
  return readForm({ version, number: requiredText(64), linkConsent: checkbox() }, fields);
}

export function readReturn(fields: Posted) {
  return readForm(
    { version, returnReason: requiredOneOf(RETURN_REASONS), returnRemark: optionalText(500) },
    fields,
  );
}

function deskOrRefuse(text: string | null): DeskKey | undefined {
  if (text === null) return undefined;
  const desk = readDesk(text);
  if (!desk) throw new DomainError(400, 'errors.badRequest');
  return desk;
}

function manyTexts(raw: unknown, most: number): string[] {
  const texts = raw === undefined ? [] : Array.isArray(raw) ? (raw as unknown[]) : [raw];
  if (texts.length > most || !texts.every((text): text is string => typeof text === 'string'))
    throw new DomainError(400, 'errors.badRequest');
  return texts;
}
