import { Op } from 'sequelize';
import { createHash } from 'node:crypto';
import { inTx } from '../../models/dialect.ts';
import { ImportBatch, SourceRowsPart, Ticket, TicketReply } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { now } from '../shared/clock.ts';
import { Unacceptable } from '../shared/errors.ts';
import type { Cell } from '../shared/spreadsheets/rows.ts';
import { openRows, type SourceRows } from './kept-rows.ts';
import { takeTicketAction } from './ticket-action.service.ts';
import { ticketsWithin } from './ticket.queries.ts';

/** The most answers that leave in one file. */
const MOST = 2_000;

/** The answers to tickets that came in files of one layout. */
export interface AnsweredFile {
  /** The name of the latest of these files; null for tickets that came in none. */
  fileName: string | null;
  headers: string[];
  rows: { ticket: Ticket; cells: Cell[]; reply: TicketReply }[];
}

/**
 * The answers that are to leave in a file: those ticked, or where none is ticked all that have not left yet. Who took
 * them is audited, and each ticket says that its answer has left.
 * @throws Unacceptable when there is none
 */
export async function exportReplies(
  reader: Reader,
  ticketIds: readonly string[],
  bytesOf: (files: AnsweredFile[]) => Promise<Uint8Array>,
): Promise<Buffer> {
  const tickets = await answeredTickets(reader, ticketIds);
  if (tickets.length === 0) throw new Unacceptable('handling.errors.noReplies');
  const bytes = Buffer.from(await bytesOf(await inLayouts(tickets)));
  await inTx(() => markExported(reader, tickets, bytes));
  return bytes;
}

async function answeredTickets(reader: Reader, ticketIds: readonly string[]): Promise<Ticket[]> {
  const which =
    ticketIds.length > 0
      ? { id: [...ticketIds], handling: ['replied', 'closed'] }
      : { handling: 'replied', exportedAt: null };
  return Ticket.findAll({
    where: { [Op.and]: [which, ticketsWithin(reader, 'tickets.exportReply')] },
    order: [
      ['receivedAt', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: MOST,
  });
}

/** Tickets of files with the same columns go back together. */
async function inLayouts(tickets: Ticket[]): Promise<AnsweredFile[]> {
  const batchIds = [...new Set(tickets.flatMap(({ batchId }) => batchId ?? []))];
  const [batches, rows, replies] = await Promise.all([
    ImportBatch.findAll({
      where: { id: batchIds },
      attributes: ['id', 'fileName', 'headers'],
      order: [['createdAt', 'ASC']],
    }),
    sourceRows(tickets),
    TicketReply.findAll({ where: { ticketId: tickets.map(({ id }) => id) }, order: [['round', 'ASC']] }),
  ]);
  const files = new Map<string, AnsweredFile>();
  const latest = new Map(replies.map((reply) => [reply.ticketId, reply]));
  for (const ticket of tickets) {
    const batch = batches.find(({ id }) => id === ticket.batchId);
    const cells = batch ? rows.get(`${batch.id} ${ticket.number}`) : undefined;
    const known = batch && cells ? batch : null;
    const headers = known?.headers ?? ['工单编号'];
    const file = files.get(JSON.stringify(headers)) ?? { fileName: null, headers, rows: [] };
    file.fileName = known?.fileName ?? file.fileName;
    file.rows.push({ ticket, cells: cells ?? [ticket.number], reply: latest.get(ticket.id)! });
    files.set(JSON.stringify(headers), file);
  }
  return [...files.values()];
}

/** The rows of tickets as they stood in their files, by batch and number. */
async function sourceRows(tickets: Ticket[]): Promise<Map<string, Cell[]>> {
  const wanted = new Map<string, { batchId: string; position: number }>();
  for (const { batchId, sourcePart } of tickets)
    if (batchId !== null && sourcePart !== null)
      wanted.set(`${batchId} ${sourcePart}`, { batchId, position: sourcePart });
  const found = new Map<string, Cell[]>();
  for (const { batchId, position } of wanted.values()) {
    const part = await SourceRowsPart.findOne({ where: { batchId, position } });
    if (!part) continue;
    for (const [number, cells] of Object.entries(openRows<SourceRows>(part.bytes)))
      found.set(`${batchId} ${number}`, cells);
  }
  return found;
}

/** A reply that had left before leaves again without a second entry in its history. */
async function markExported(reader: Reader, tickets: Ticket[], bytes: Buffer): Promise<void> {
  for (const { id, exportedAt } of tickets) {
    if (exportedAt !== null) continue;
    const present = await Ticket.findByPk(id);
    if (present?.exportedAt === null && ['replied', 'closed'].includes(present.handling))
      await takeTicketAction(present, reader.userId, 'exportReply', null, () => ({
        set: { exportedAt: now() },
      }));
  }
  await recordAudit(reader.userId, {
    action: 'tickets.exportReplies',
    objectType: 'list',
    detail: { rows: tickets.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  });
}
