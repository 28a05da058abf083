import { Op, type WhereOptions } from 'sequelize';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { among, contains, matchesText } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Ticket } from '../../models/tickets.ts';
import { grantsFor, townsFor, type Reader } from '../accounts/access.rules.ts';
import { isId } from '../shared/ids.ts';
import { isSurname } from '../shared/personal-data.rules.ts';
import { reachesOf } from './case.queries.ts';

/** More cases than this behind a number or a name, and the text is searched by its words instead. */
const MOST_FOUND_DIRECTLY = 200;

/** The cases of an enterprise, by its id, credit code or a part of its name. */
export async function ofEnterprise(reader: Reader, text: string): Promise<WhereOptions<DisputeCase>> {
  const known: boolean = isId(text);
  if (known) return { enterpriseId: text };
  const enterprises = await Enterprise.findAll({
    where: {
      townId: townsFor(reader, 'cases.list'),
      [Op.or]: [{ creditCode: text.toUpperCase() }, contains('name', text)],
    },
    attributes: ['id'],
    limit: MOST_FOUND_DIRECTLY,
    raw: true,
  });
  return { enterpriseId: enterprises.map(({ id }) => id) };
}

/**
 * The cases that a text means: by the beginning of a case or ticket number; by a surname everybody of it, beside the words of
 * title, respondents and numbers; by a worker's whole name or phone; else by those words. Workers are found only where the
 * reader may see every name.
 */
export async function withText(reader: Reader, text: string): Promise<WhereOptions<DisputeCase>> {
  const numbered = /\d/.test(text) ? await idsByNumber(reader, text) : [];
  if (numbered.length > 0) return { id: numbered };
  const words = matchesText('DisputeCase', 'cases', text);
  if (isSurname(text)) return { [Op.or]: [words, ...ofWorkersNamed(reader, text)] };
  const ofWorkers = await idsByWorker(reader, text);
  return ofWorkers.length > 0 ? { id: ofWorkers } : words;
}

async function idsByNumber(reader: Reader, text: string): Promise<string[]> {
  const begins = [...new Set([text, text.toUpperCase()])].map((beginning) => ({
    number: { [Op.gte]: beginning, [Op.lt]: `${beginning}\uffff` },
  }));
  const where = { townId: townsFor(reader, 'cases.list'), [Op.or]: begins };
  const limit = MOST_FOUND_DIRECTLY + 1;
  const [cases, tickets] = await Promise.all([
    DisputeCase.findAll({ where, attributes: ['id', 'mergedIntoId'], limit, raw: true }),
    Ticket.findAll({ where, attributes: ['caseId'], limit, raw: true }),
  ]);
  if (cases.length === limit || tickets.length === limit) return [];
  const numbered = cases.flatMap(({ id, mergedIntoId }) => [id, mergedIntoId ?? []].flat());
  return [...new Set([...numbered, ...tickets.flatMap(({ caseId }) => caseId ?? [])])];
}

async function idsByWorker(reader: Reader, text: string): Promise<string[]> {
  const reaches = namesReaches(reader);
  if (reaches.length === 0) return [];
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  const workers = await Claimant.findAll({
    where: /^\d{7,}$/.test(digits) ? { phoneHash: lookupHash(digits) } : { name: text },
    attributes: ['caseId'],
    limit: 5 * MOST_FOUND_DIRECTLY,
    raw: true,
  });
  if (workers.length === 0) return [];
  const cases = await DisputeCase.findAll({
    where: { [Op.and]: [{ id: workers.map(({ caseId }) => caseId) }, { [Op.or]: reaches }] },
    attributes: ['id'],
    raw: true,
  });
  return cases.map(({ id }) => id);
}

/** The cases of workers of a surname in the reader's towns; none where the reader sees no name. */
function ofWorkersNamed(reader: Reader, surname: string): WhereOptions<DisputeCase>[] {
  const reaches = namesReaches(reader);
  if (reaches.length === 0) return [];
  const sql = `SELECT l.caseId FROM claimants l JOIN cases k ON k.id = l.caseId
    WHERE l.name >= :surname AND l.name < :end AND k.townId IN (:townIds)`;
  const townIds = townsFor(reader, 'cases.reveal');
  const named = among(sql, { surname, end: `${surname}\uffff`, townIds });
  return [{ [Op.and]: [{ id: named }, { [Op.or]: reaches }] }];
}

/** The cases whose workers' names the reader sees in full, as `privacyFor` says of one case: finding confirms a name. */
function namesReaches(reader: Reader): WhereOptions<DisputeCase>[] {
  const takenOver = { takenOverAt: { [Op.ne]: null } };
  return grantsFor(reader, 'cases.reveal').flatMap(({ grant, scope }) =>
    reachesOf({ ...reader, grants: [grant] }, 'cases.reveal').map((reach) =>
      scope === 'area' ? reach : { [Op.and]: [reach, takenOver] },
    ),
  );
}
