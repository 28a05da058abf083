import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { casesWithin } from '../cases/case.queries.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { TO_BE_MERGED } from '../cases/lifecycle.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { complaintOfCase } from './proposals.queries.ts';
import { relatedTo, type NearbyCase } from './related.rules.ts';
import { loadCasesAround } from './surroundings.queries.ts';

/** Another open case that may be the same dispute, and why. */
export interface MergeSuggestion extends Pick<
  NearbyCase,
  'id' | 'number' | 'title' | 'receivedOn' | 'workers'
> {
  sameRespondent: boolean;
  samePerson: boolean;
}

/** The cases that could be merged with a case. */
export interface MergeHints {
  /** Those that the reader may see; of any other not even that it is there (DOMAIN §0, 5: a committee's own enterprise). */
  suggestions: MergeSuggestion[];
  windowDays: number;
}

/**
 * The open cases of the town against the same respondent within the merge window, or of the same worker (DOMAIN §5): for
 * who may merge and for the case's own mediator, as long as the case can be merged; null for everybody else.
 */
export async function mergeHints(
  reader: Reader,
  { disputeCase, actions, events }: Pick<CasePage, 'disputeCase' | 'actions' | 'events'>,
): Promise<MergeHints | null> {
  const { state, mediatorId, enterpriseId, townId } = disputeCase;
  const concerned = actions.has('merge') || mediatorId === reader.userId;
  if (!concerned || !TO_BE_MERGED.includes(state)) return null;
  const settings = await settingsOf(townId);
  const complaint = await complaintOfCase(disputeCase);
  const around = await loadCasesAround(complaint, settings);
  const related = relatedTo(complaint, enterpriseId, around, settings, () => true);
  // Whom a person split off on purpose is not put together again.
  const split = new Set(events.flatMap(({ detail }) => [detail['splitTo'], detail['splitFrom']]));
  const suggestions = suggestionsOf(related.sameEnterprise.cases, related.duplicates.cases).filter(
    ({ id }) => !split.has(id),
  );
  const seen = await within(
    reader,
    suggestions.map(({ id }) => id),
  );
  return {
    suggestions: suggestions.filter(({ id }) => seen.has(id)),
    windowDays: settings.mergeWindowDays,
  };
}

/** Who is in both comes first. */
function suggestionsOf(
  sameRespondent: readonly NearbyCase[],
  samePerson: readonly NearbyCase[],
): MergeSuggestion[] {
  const cases = new Map([...samePerson, ...sameRespondent].map((one) => [one.id, one]));
  return [...cases.values()]
    .filter(({ state }) => TO_BE_MERGED.includes(state))
    .map(({ id, number, title, receivedOn, workers }) => ({
      ...{ id, number, title, receivedOn, workers },
      sameRespondent: sameRespondent.some((other) => other.id === id),
      samePerson: samePerson.some((other) => other.id === id),
    }));
}

async function within(reader: Reader, ids: string[]): Promise<Set<string>> {
  const rows = await DisputeCase.findAll({
    where: { [Op.and]: [{ id: ids }, casesWithin(reader, 'cases.read')] },
    attributes: ['id'],
    raw: true,
  });
  return new Set(rows.map(({ id }) => id));
}
