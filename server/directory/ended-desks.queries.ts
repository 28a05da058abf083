/**
 * The desks (`roomId`, `userId`) at which nobody mediates any more on `:today`: the membership or the account has ended,
 * the mediator's role in the town was taken away, or the room was closed.
 */
export const ENDED_DESKS = `SELECT DISTINCT past.roomId, past.userId FROM room_mediators past
  WHERE NOT EXISTS (SELECT 1 FROM room_mediators m
    JOIN rooms r ON r.id = m.roomId AND r.active = 1
    JOIN users u ON u.id = m.userId AND u.endedAt IS NULL
    JOIN areas town ON town.id = r.townId
    JOIN role_grants g ON g.userId = m.userId AND g.role = 'mediator' AND g.endedAt IS NULL
    JOIN areas a ON a.id = g.areaId AND (INSTR(a.path, town.path) = 1 OR INSTR(town.path, a.path) = 1)
    WHERE m.roomId = past.roomId AND m.userId = past.userId AND (m.activeTo IS NULL OR m.activeTo >= :today))`;
