import { expect } from 'chai';
import { parseDay, parseTime } from '../../server/shared/calendar-day.ts';

describe('a day as people type it', () => {
  for (const [typed, day] of [
    ['2026-01-06', '2026-01-06'],
    ['2026-1-6', '2026-01-06'],
    ['2026/1/6', '2026-01-06'],
    ['2026.01.06', '2026-01-06'],
    ['2026年1月6日', '2026-01-06'],
    ['2026年1月6', '2026-01-06'],
    ['２０２６／１／６', '2026-01-06'],
    [' 2026 年 1 月 6 日 ', '2026-01-06'],
    ['2024-2-29', '2024-02-29'],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['2026-0-1', null],
    ['26-1-6', null],
    ['1月6日', null],
    ['2026-1-6-7', null],
    ['', null],
  ] as const) {
    it(`“${typed}” is ${day}`, () => expect(parseDay(typed)).to.equal(day));
  }
});

describe('a time as people type it', () => {
  for (const [typed, time] of [
    ['9:05', '09:05'],
    ['09:05', '09:05'],
    ['23：50', '23:50'],
    ['２３:５０', '23:50'],
    [' 9: 05', '09:05'],
    ['9点', '09:00'],
    ['14时30分', '14:30'],
    ['9点5分', '09:05'],
    ['9点半', '09:30'],
    ['0:00', '00:00'],
    ['24:00', null],
    ['9:60', null],
    ['9:5', null],
    ['9', null],
    ['905', null],
    ['9:05:00', null],
    ['', null],
  ] as const) {
    it(`“${typed}” is ${time}`, () => expect(parseTime(typed)).to.equal(time));
  }
});
