import { holdRow, inTx } from '../../models/dialect.ts';
import { decryptBytes, encryptedParts } from '../../models/encryption.ts';
import { OutreachEvent, OutreachPhoto, OutreachPhotoPart } from '../../models/net.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { TidyPhoto } from '../shared/attachment-type.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { Conflict, Stale, Unacceptable } from '../shared/errors.ts';
import { ATTACHMENT_TYPES } from '../shared/file-types.rules.ts';
import { newId } from '../shared/ids.ts';
import { chosenPlace } from './areas.queries.ts';
import { changesOf, kept, unsaid } from './changes.rules.ts';
import { findOutreach, findPhoto } from './outreach.queries.ts';
import { MOST_PHOTOS, type OutreachKind } from './outreach.rules.ts';

/** What a form says of an outreach event; `areaId` is the town or the village that it was for. */
export interface OutreachValues {
  heldOn: CalendarDay;
  kind: OutreachKind;
  title: string;
  place: string;
  areaId: string;
  audience: number;
  materials: number;
  materialsNote: string | null;
  note: string | null;
}

/** Writes an outreach event down; gives its id. @throws Unacceptable for a place out of reach */
export async function recordOutreach(reader: Reader, { areaId, ...values }: OutreachValues): Promise<string> {
  return inTx(async () => {
    const place = await chosenPlace(reader, 'outreach.record', areaId);
    const id = newId();
    await OutreachEvent.create({ id, ...place, ...values, recordedById: reader.userId });
    await audit(reader, 'recordOutreach', id, { ...place, heldOn: values.heldOn, kind: values.kind });
    return id;
  });
}

/** In a short text the audit says what it changed from and to; of a note only that it changed. */
const MASKS = { title: withoutNumbers, place: withoutNumbers, materialsNote: withoutNumbers, note: unsaid };

/**
 * Changes an event that still has the version the form was opened with; it stays in its town. A text whose hidden
 * numbers stand as they were shown keeps them.
 */
export async function editOutreach(
  reader: Reader,
  id: string,
  { version, areaId, ...data }: OutreachValues & { version: number },
): Promise<void> {
  await inTx(async () => {
    const event = await findStanding(reader, id);
    const { townId, villageId } = await chosenPlace(reader, 'outreach.record', areaId);
    if (townId !== event.townId) throw new Unacceptable('errors.notInList', {}, 'areaId');
    const values = {
      ...data,
      villageId,
      title: kept(data.title, event.title),
      place: kept(data.place, event.place),
      materialsNote: kept(data.materialsNote, event.materialsNote),
      note: kept(data.note, event.note),
    };
    const [changed] = await OutreachEvent.update(
      { ...values, version: version + 1 },
      { where: { id, version, voidedAt: null } },
    );
    if (changed === 0) throw new Stale();
    await audit(reader, 'editOutreach', id, changesOf(event.get(), values, MASKS));
  });
}

/** An event to be changed. @throws NotFound, Conflict for one that was declared void */
export async function findStanding(reader: Reader, id: string): Promise<OutreachEvent> {
  const event = await findOutreach(reader, id, 'outreach.record');
  if (event.voidedAt) throw new Conflict('outreach.errors.void');
  return event;
}

/** Declares an event void, with a reason: it counts no more and stays on record. @throws Conflict when it is already */
export async function voidOutreach(
  reader: Reader,
  id: string,
  { reason }: { reason: string },
): Promise<void> {
  await inTx(async () => {
    await findStanding(reader, id);
    const [voided] = await OutreachEvent.update(
      { voidedAt: now(), voidedById: reader.userId, voidReason: reason },
      { where: { id, voidedAt: null } },
    );
    if (voided === 0) throw new Conflict('outreach.errors.void');
    await audit(reader, 'voidOutreach', id, { reason: withoutNumbers(reason) });
  });
}

/** Keeps a photo with an event, encrypted. @throws Unacceptable where there are enough already */
export async function keepPhoto(
  reader: Reader,
  outreachId: string,
  { contentType, bytes }: TidyPhoto,
  caption: string | null,
): Promise<void> {
  await inTx(async () => {
    await holdRow('outreach_events', outreachId);
    await findStanding(reader, outreachId);
    const kept = await OutreachPhoto.count({ where: { outreachId, removedAt: null } });
    if (kept >= MOST_PHOTOS)
      throw new Unacceptable('outreach.errors.enoughPhotos', { max: MOST_PHOTOS }, 'file');
    const about = { outreachId, contentType, caption, byteLength: bytes.length };
    const { id } = await OutreachPhoto.create({ ...about, addedById: reader.userId });
    for (const part of encryptedParts(bytes)) await OutreachPhotoPart.create({ photoId: id, ...part });
    await audit(reader, 'addOutreachPhoto', outreachId, { photoId: id, byteLength: bytes.length });
  });
}

/** A photo as it is sent to who may see the event. @throws NotFound */
export async function readPhoto(
  reader: Reader,
  outreachId: string,
  photoId: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  await findOutreach(reader, outreachId);
  const { contentType: type } = await findPhoto(outreachId, photoId);
  const parts = await OutreachPhotoPart.findAll({ where: { photoId }, order: ['position'] });
  const bytes = Buffer.concat(parts.map((part) => decryptBytes(part.bytes)));
  return { name: `photo.${ATTACHMENT_TYPES[type]}`, type, bytes };
}

/** Takes a photo away from an event, a void one too: nobody sees it any more. @throws NotFound, Conflict when it was taken already */
export async function removePhoto(reader: Reader, outreachId: string, photoId: string): Promise<void> {
  await inTx(async () => {
    await findOutreach(reader, outreachId, 'outreach.record');
    await findPhoto(outreachId, photoId);
    const [removed] = await OutreachPhoto.update(
      { removedAt: now(), removedById: reader.userId },
      { where: { id: photoId, removedAt: null } },
    );
    if (removed === 0) throw new Conflict();
    await audit(reader, 'removeOutreachPhoto', outreachId, { photoId });
  });
}

async function audit(
  reader: Reader,
  action: string,
  objectId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(reader.userId, { action, objectType: 'outreach', objectId, detail });
}
