import { Op } from 'sequelize';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { casesWithin, placeOf } from '../cases/case.queries.ts';
import type { ClaimType } from '../cases/case.rules.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { TO_BE_MERGED } from '../cases/lifecycle.rules.ts';
import { privacyFor, seenName } from '../cases/privacy.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { complaintOfCase } from './proposals.queries.ts';
import { relatedTo, type NearbyCase } from './related.rules.ts';
import { loadCasesAround } from './surroundings.queries.ts';

const MOST_NAMES = 6;

/** Another open case that may be the same dispute, and why. */
export interface MergeSuggestion extends Pick<
  NearbyCase,
  'id' | 'number' | 'title' | 'receivedOn' | 'workers'
> {
  sameRespondent: boolean;
  samePerson: boolean;
  primaryType: ClaimType;
  /** Its workers as far as the reader may know them, the first six. */
  names: string[];
  /** When its days of mediation end, as both parties or the law have it. */
  endsOn: CalendarDay | null;
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
    suggestions: suggestions.flatMap((one) => {
      const known = seen.get(one.id);
      return known ? [{ ...one, ...known }] : [];
    }),
    windowDays: settings.mergeWindowDays,
  };
}

/** Who is in both comes first. */
function suggestionsOf(sameRespondent: readonly NearbyCase[], samePerson: readonly NearbyCase[]) {
  const cases = new Map([...samePerson, ...sameRespondent].map((one) => [one.id, one]));
  return [...cases.values()]
    .filter(({ state }) => TO_BE_MERGED.includes(state))
    .map(({ id, number, title, receivedOn, workers }) => ({
      ...{ id, number, title, receivedOn, workers },
      sameRespondent: sameRespondent.some((other) => other.id === id),
      samePerson: samePerson.some((other) => other.id === id),
    }));
}

type Known = Pick<MergeSuggestion, 'primaryType' | 'names' | 'endsOn'>;

/** What the reader may know of those cases that are in reach, by id. */
async function within(reader: Reader, ids: string[]): Promise<Map<string, Known>> {
  const [rows, claimants] = await Promise.all([
    DisputeCase.findAll({ where: { [Op.and]: [{ id: ids }, casesWithin(reader, 'cases.read')] } }),
    Claimant.findAll({
      where: { caseId: ids, position: { [Op.lte]: MOST_NAMES } },
      attributes: ['caseId', 'name'],
      order: [['position', 'ASC']],
      raw: true,
    }),
  ]);
  return new Map(
    rows.map((row) => {
      const { id, primaryType, statutoryDueOn, extendedTo, takenOverAt } = row;
      const privacy = privacyFor(reader, placeOf(row), takenOverAt !== null);
      const names = claimants.filter(({ caseId }) => caseId === id);
      return [
        id,
        {
          primaryType,
          names: names.flatMap(({ name }) => seenName(name, privacy) ?? []),
          endsOn: extendedTo ?? statutoryDueOn,
        },
      ];
    }),
  );
}
