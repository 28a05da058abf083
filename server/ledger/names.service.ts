import { Op } from 'sequelize';
import { CaseEvent, DisputeCase, Respondent } from '../../models/cases.ts';
import { inTx, LostRace, runStatement } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { insertRows } from '../../models/rows.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { withoutNumbers } from '../cases/privacy.rules.ts';
import { townsToImport } from '../hotline/batches.queries.ts';
import { now } from '../shared/clock.ts';
import { Stale, Unacceptable, type FieldError } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { directoriesOf, namesWithoutEnterprise } from './names.queries.ts';
import { decideName, nameField, type NameChoice, type NamedCases } from './names.rules.ts';

/** As many cases as one statement names. */
const AT_ONCE = 500;

/** What of the choices for ticked names cannot be taken, beside each name; one that is gone is left for `assignNames`. */
export async function refusedNames(reader: Reader, choices: readonly NameChoice[]): Promise<FieldError[]> {
  const waiting = await namesOf(reader);
  const enterpriseOf = await chooser(choices, waiting);
  const errors: FieldError[] = [];
  for (const choice of choices) {
    const named = waiting.get(choice.nameId);
    const { refusal } = named ? await enterpriseOf(choice, named) : {};
    if (refusal) errors.push(refusal);
  }
  return errors;
}

/**
 * Gives the cases of each name its enterprise and that one's village, as the import would have done, all or none; their
 * histories say who did it. Gives how many cases there were.
 * @throws Stale when a name has its enterprise by now, Unacceptable beside the name for an enterprise that cannot be taken
 */
export async function assignNames(reader: Reader, choices: readonly NameChoice[]): Promise<number> {
  return inTx(async () => {
    const waiting = await namesOf(reader);
    const enterpriseOf = await chooser(choices, waiting);
    let cases = 0;
    for (const choice of choices) {
      const named = waiting.get(choice.nameId);
      if (!named) throw new Stale();
      const { enterprise, refusal } = await enterpriseOf(choice, named);
      if (refusal) throw new Unacceptable(refusal.sentence, refusal.values, refusal.field);
      const assigned = await assign(reader.userId, named, enterprise);
      await recordAudit(reader.userId, {
        action: 'ledger.assignEnterprise',
        objectType: 'enterprise',
        objectId: enterprise.id,
        detail: { townId: named.townId, names: named.names.map(withoutNumbers), cases: assigned },
      });
      cases += assigned;
    }
    return cases;
  });
}

type Chosen =
  { enterprise: Enterprise; refusal?: undefined } | { enterprise?: undefined; refusal: FieldError };

/** How the enterprise of a choice is found: active, and of the name's town; another town's is refused like none at all. */
async function chooser(
  choices: readonly NameChoice[],
  waiting: ReadonlyMap<string, NamedCases>,
): Promise<(choice: NameChoice, named: NamedCases) => Promise<Chosen>> {
  const townIds = choices.flatMap(({ nameId }) => waiting.get(nameId)?.townId ?? []);
  const directories = await directoriesOf([...new Set(townIds)]);
  return async (choice, { townId }) => {
    const decision = decideName(choice, directories.get(townId)!.index);
    if ('problem' in decision)
      return { refusal: refusalOf(choice, decision.problem, { text: choice.typed ?? '' }) };
    const enterprise = await Enterprise.findOne({ where: { id: decision.enterpriseId, townId } });
    if (!enterprise) return { refusal: refusalOf(choice, 'notOfTown') };
    if (!enterprise.active) return { refusal: refusalOf(choice, 'ended', { name: enterprise.name }) };
    return { enterprise };
  };
}

function refusalOf({ nameId }: NameChoice, problem: string, values: Record<string, string> = {}): FieldError {
  return { field: nameField('other', nameId), sentence: `ledger.names.errors.${problem}`, values };
}

async function namesOf(reader: Reader): Promise<Map<string, NamedCases>> {
  const towns = await townsToImport('ledger', reader);
  const names = await namesWithoutEnterprise(towns.map(({ id }) => id));
  return new Map(names.map((named) => [named.id, named]));
}

async function assign(
  actorId: string,
  { townId, names }: NamedCases,
  enterprise: Enterprise,
): Promise<number> {
  const cases = await DisputeCase.findAll({
    where: { townId, enterpriseId: null, ledgerBatchId: { [Op.ne]: null }, respondentName: names },
    attributes: ['id', 'state', 'respondentName'],
    raw: true,
  });
  // Somebody gave them an enterprise since the names were read.
  if (cases.length === 0) throw new LostRace();
  for (let at = 0; at < cases.length; at += AT_ONCE)
    await assignSome(actorId, cases.slice(at, at + AT_ONCE), enterprise);
  return cases.length;
}

type WaitingCase = Pick<DisputeCase, 'id' | 'state' | 'respondentName'>;

async function assignSome(
  actorId: string,
  cases: readonly WaitingCase[],
  { id: enterpriseId, name, villageId }: Enterprise,
): Promise<void> {
  const caseId = cases.map(({ id }) => id);
  const place = villageId === null ? {} : { villageId };
  const [changed] = await DisputeCase.update(
    { enterpriseId, respondentName: name, ...place },
    { where: { id: caseId, enterpriseId: null } },
  );
  if (changed !== cases.length) throw new LostRace();
  await runStatement(
    "UPDATE cases SET searchTokens = CONCAT(searchTokens, ' ', :tokens) WHERE id IN (:caseId)",
    { caseId, tokens: searchTokens(name) },
  );
  await Respondent.update({ enterpriseId, name }, { where: { caseId, position: 1 } });
  if (villageId !== null) await Ticket.update({ villageId }, { where: { caseId } });
  const events = cases.map(({ id, state, respondentName }) => ({
    ...{ id: newId(), caseId: id, at: now(), actorId, action: 'assignEnterprise' as const },
    ...{ fromState: state, toState: state },
    detail: { enterprise: name, written: withoutNumbers(respondentName) },
  }));
  await insertRows(CaseEvent, events);
}
